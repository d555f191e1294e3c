/** A member of a room, made of the official client by the calls its documentation has. */
window.member = {
  publisher: undefined,
  player: undefined,
  /** What the client told by its events and callbacks, in order: `publisher streaming`. */
  events: [],
  mediaInfo: undefined,

  publish(url, video) {
    const { Publisher, PUBLISHER_EVENTS } = window.FlussonicWebRTC;
    const publisher = new Publisher(url, {
      preview: document.getElementById('preview'),
      previewOptions: { autoplay: true, controls: false, muted: true },
      // The sound is to arrive as it was played in.
      constraints: {
        video,
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      },
      onEvent: ({ type, connection }) => member.note('publisher', connection ?? type),
    });
    publisher.on(PUBLISHER_EVENTS.STREAMING, () => member.note('publisher', PUBLISHER_EVENTS.STREAMING));
    member.publisher = publisher;
    publisher.start();
  },

  /** @returns ms from `play()` to the first picture on the screen; `undefined` where none is waited for */
  async play(url, options, waitForPicture) {
    const { Player, PLAYER_EVENTS } = window.FlussonicWebRTC;
    const element = document.getElementById('room');
    const player = new Player(element, url, {
      ...options,
      onMediaInfo: (tracks, abr) => {
        member.mediaInfo = { tracks, abr };
      },
      onEvent: ({ type }) => member.note('player', type),
    });
    player.on(PLAYER_EVENTS.PLAY, () => member.note('player', PLAYER_EVENTS.PLAY));
    player.on(PLAYER_EVENTS.FAIL, (why) => member.note('player', `${PLAYER_EVENTS.FAIL} ${why}`));
    member.player = player;
    const startedMs = performance.now();
    const shown = waitForPicture ? instruments.nextPicture(element) : undefined;
    player.play();
    return waitForPicture ? (await shown) - startedMs : undefined;
  },

  note(who, what) {
    if (member.events.length < 1000) member.events.push(`${who} ${what}`);
  },

  /** Publishes a still picture instead of the camera, of its own size. */
  async switchToPicture(pngBase64) {
    const image = new Image();
    image.src = `data:image/png;base64,${pngBase64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    // A canvas that nobody draws on gives no pictures.
    setInterval(() => context.drawImage(image, 0, 0), 40);
    member.publisher.switchTrack(canvas.captureStream(25).getVideoTracks()[0]);
  },
};
