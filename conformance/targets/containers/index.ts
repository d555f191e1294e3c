export type { Credentials, RoomOptions } from './config-text.ts';
export {
  FlussonicContainer,
  type FlussonicOptions,
  StartedFlussonicContainer,
} from './flussonic-container.ts';
export { MosaicContainer, StartedMosaicContainer } from './mosaic-container.ts';
