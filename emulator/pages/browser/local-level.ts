import { rmsDbfs } from '../common/level-scale.ts';
import type { Meter } from './meter.ts';

/** Shows how loud the user's own microphone is. @returns ends it */
export function showLocalLevel(media: MediaStream, meter: Meter): () => void {
  if (media.getAudioTracks().length === 0) {
    meter.show(undefined);
    return () => {};
  }
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(media).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    // Until the user has done something, browsers keep it from running.
    if (context.state === 'suspended') void context.resume();
    meter.show(context.state === 'running' ? rmsDbfs(samples) : undefined);
  }, 100);
  return () => {
    clearInterval(timer);
    if (context.state !== 'closed') void context.close();
    meter.show(undefined);
  };
}
