import type { SceneName } from './scenes.ts';

/** How one clip is made. */
export interface ClipDescription {
  readonly name: string;
  readonly scene: SceneName;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly seconds: number;
  readonly bitrateKbps: number;
  /** Bot number in the coded patch: from 56 on, which living bots do not reach. */
  readonly bot: number;
}

/** The clips: the shapes and rates that cameras and shared screens have. */
export const clips: readonly ClipDescription[] = [
  {
    name: 'balls-4x3',
    scene: 'balls',
    width: 640,
    height: 480,
    fps: 30,
    seconds: 2,
    bitrateKbps: 700,
    bot: 56,
  },
  {
    name: 'waves-16x9',
    scene: 'waves',
    width: 640,
    height: 360,
    fps: 25,
    seconds: 3,
    bitrateKbps: 600,
    bot: 57,
  },
  {
    name: 'balls-portrait',
    scene: 'balls',
    width: 360,
    height: 640,
    fps: 23.976,
    seconds: 3,
    bitrateKbps: 500,
    bot: 58,
  },
  {
    name: 'page-720p',
    scene: 'page',
    width: 1280,
    height: 720,
    fps: 12.5,
    seconds: 2.4,
    bitrateKbps: 1000,
    bot: 59,
  },
  {
    name: 'waves-small',
    scene: 'waves',
    width: 320,
    height: 180,
    fps: 29.97,
    seconds: 3,
    bitrateKbps: 250,
    bot: 60,
  },
  {
    name: 'page-slow',
    scene: 'page',
    width: 640,
    height: 400,
    fps: 7.5,
    seconds: 2.4,
    bitrateKbps: 300,
    bot: 61,
  },
];
