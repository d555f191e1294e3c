/** Number of the room in which everybody meets. */
export const janusRoom = 1;

const otherPlugins = [
  'echotest',
  'streaming',
  'videocall',
  'sip',
  'nosip',
  'recordplay',
  'videoroom',
  'voicemail',
  'textroom',
  'duktape',
  'lua',
];
const otherTransports = ['websockets', 'mqtt', 'nanomsg', 'pfunix', 'rabbitmq'];

/**
 * Configuration of a Janus that does nothing but mix one room of plain-RTP participants on loopback.
 * @returns texts by file name
 */
export function janusConfigFiles(httpPort: number): Readonly<Record<string, string>> {
  const disable = (names: readonly string[]) => names.map((name) => `libjanus_${name}.so`).join(',');
  return {
    'janus.jcfg': `
general: { debug_level = 2, session_timeout = 0 }
plugins: { disable = "${disable(otherPlugins)}" }
transports: { disable = "${disable(otherTransports)}" }
events: { broadcast = false }
`,
    'janus.transport.http.jcfg': `
general: { json = "compact", base_path = "/janus", http = true, port = ${httpPort}, ip = "127.0.0.1", https = false }
admin: { admin_http = false }
`,
    'janus.plugin.audiobridge.jcfg': `
general: { local_ip = "127.0.0.1" }
room-${janusRoom}: {
  sampling_rate = 48000, default_bitrate = 64000, allow_rtp_participants = true, audiolevel_ext = false
}
`,
  };
}
