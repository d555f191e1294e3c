export * from './conformance/testing/index.ts';
// With bots for tests; the emulator alone is `mosaic2/emulator`.
export { startEmulator } from './conformance/testing/start-emulator.ts';
export * from './emulator/index.ts';
