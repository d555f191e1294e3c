/**
 * A page that speaks as the clients of 20.x and 22.x do: they wait for a first frame with `config`, answer the
 * server's offer when they play, offer when they publish, and trickle their candidates.
 */
export const eraPage = `<!doctype html><video autoplay playsinline></video><script>
  const talks = {};

  function begin(name, url, onFrame) {
    const talk = (talks[name] = { frames: [], candidates: 0 });
    talk.socket = new WebSocket(url);
    talk.send = (frame) => talk.socket.send(JSON.stringify(frame));
    talk.socket.onclose = ({ code, reason }) => { talk.closed = { code, reason }; };
    talk.socket.onmessage = async ({ data }) => {
      const frame = JSON.parse(data);
      talk.frames.push(frame);
      if (talk.peer === undefined) {
        const { turn } = frame.config;
        const iceServers = turn === undefined ? [] : [{
          urls: 'turn:' + turn.addr + ':' + turn.port + '?transport=tcp', username: turn.user, credential: turn.pass,
        }];
        talk.peer = new RTCPeerConnection({ iceServers });
        talk.peer.onicecandidate = ({ candidate }) => {
          if (candidate === null) return;
          const { sdpMLineIndex: label, sdpMid: id } = candidate;
          talk.send({ type: 'candidate', stream_id: 'local1', label, id, candidate });
        };
      }
      await onFrame(talk, frame);
    };
    return talk;
  }

  function play(url) {
    begin('play', url, async ({ peer, send }, frame) => {
      peer.ontrack = ({ streams }) => { document.querySelector('video').srcObject = streams[0]; };
      if (frame.type !== 'offer') return;
      await peer.setRemoteDescription({ type: 'offer', sdp: frame.sdp });
      const answer = await peer.createAnswer();
      await peer.setLocalDescription(answer);
      send({ type: 'answer', sdp: answer.sdp });
    });
  }

  async function publish(url) {
    const wanted = { audio: true, video: { width: 640, height: 360, frameRate: 25 } };
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    begin('publish', url, async (talk, frame) => {
      const { peer } = talk;
      if (frame.config !== undefined) {
        const [audio] = stream.getAudioTracks();
        const [video] = stream.getVideoTracks();
        peer.addTrack(audio, stream);
        peer.addTrack(video, stream);
        await offer('publish');
      }
      if (frame.type === 'answer') await peer.setRemoteDescription({ type: 'answer', sdp: frame.sdp });
      if (frame.type === 'candidate') {
        await peer.addIceCandidate(frame.candidate);
        talk.candidates += 1;
      }
    });
  }

  async function offer(name, options) {
    const { peer, send } = talks[name];
    const made = await peer.createOffer(options);
    await peer.setLocalDescription(made);
    send({ type: 'offer', sdp: made.sdp });
  }

  async function stats(name) {
    const { peer } = talks[name];
    // Before the first frame there is none.
    return peer === undefined ? [] : [...(await peer.getStats()).values()];
  }
</script>`;
