import { formatDiagnostic } from './config/index.ts';
import type { Emulator } from './index.ts';

/** Says where the emulator listens, and gives a documented call to paste. */
export function printWelcome(emulator: Emulator, out: NodeJS.WritableStream): void {
  for (const warning of emulator.config.warnings) process.stderr.write(`${formatDiagnostic(warning)}\n`);
  const url = emulator.httpUrls[0] ?? emulator.httpsUrls[0]!;
  const { editAuth } = emulator.config;
  const target = new URL('/flussonic/api/dynamic_mosaic/', url);
  if (editAuth !== undefined) {
    target.username = editAuth.user;
    target.password = editAuth.password;
  }
  const urls = [...emulator.httpUrls, ...emulator.httpsUrls].join('  ');
  out.write(`mosaic2 emulator is ready: ${urls}

Make a room:
  curl -X POST -d '{"command" : "add_room", "args" : ["ROOM_NAME"]}' '${target.href}'
Publish by WHIP to ${url}/STREAM_NAME/whip, watch by WHEP at ${url}/ROOM_NAME/whep?start_track=a1
`);
}
