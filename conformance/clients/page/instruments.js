/** What a page's element really plays: its sound as samples, its picture as pixels. */
window.instruments = {
  recorderUrl: '/recorder.js',

  /** One for the page, made when it is needed; a promise of it. */
  context: undefined,

  startContext() {
    instruments.context ??= (async () => {
      const context = new AudioContext({ sampleRate: 48000 });
      await context.audioWorklet.addModule(instruments.recorderUrl);
      await context.resume();
      return context;
    })();
    return instruments.context;
  },

  /**
   * Records what an element's stream sounds like from now on.
   * @returns 16-bit little-endian samples, 48 kHz mono, as base64
   */
  async hear(element, seconds) {
    const context = await instruments.startContext();
    const source = context.createMediaStreamSource(element.srcObject);
    const recorder = new AudioWorkletNode(context, 'recorder', {
      channelCount: 1,
      channelCountMode: 'explicit',
      numberOfOutputs: 1,
    });
    const samples = new Int16Array(Math.round(seconds * context.sampleRate));
    let count = 0;
    await new Promise((resolve) => {
      recorder.port.onmessage = ({ data }) => {
        for (const sample of data) {
          if (count === samples.length) return resolve();
          samples[count++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
        }
      };
      source.connect(recorder);
      // Only what leads to the loudspeakers is computed; a recorder puts out silence.
      recorder.connect(context.destination);
    });
    source.disconnect();
    recorder.disconnect();
    return instruments.base64(new Uint8Array(samples.buffer));
  },

  /** @returns the picture that an element shows now, as a PNG in base64; empty where it shows none */
  see(element) {
    const canvas = document.createElement('canvas');
    canvas.width = element.videoWidth;
    canvas.height = element.videoHeight;
    if (canvas.width === 0) return '';
    canvas.getContext('2d').drawImage(element, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1];
  },

  base64(bytes) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += 0x8000) {
      pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
    }
    return btoa(pieces.join(''));
  },

  /** Resolves with the time, in ms of `performance.now()`, at which an element shows its next picture. */
  nextPicture(element) {
    return new Promise((resolve) => element.requestVideoFrameCallback((nowMs) => resolve(nowMs)));
  },
};
