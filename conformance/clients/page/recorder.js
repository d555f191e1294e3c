/** Hands every block of sound to the page, 48 kHz mono. */
class Recorder extends AudioWorkletProcessor {
  process([input]) {
    if (input[0] !== undefined) this.port.postMessage(input[0].slice());
    return true;
  }
}

registerProcessor('recorder', Recorder);
