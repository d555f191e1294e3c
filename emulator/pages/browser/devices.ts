/** What of the user's devices could be had. */
export interface Devices {
  readonly media: MediaStream;
  /** What could not, and what to do about it; a sentence each. */
  readonly problems: readonly string[];
}

export interface Wanted {
  readonly microphone: boolean;
  readonly camera: boolean;
  /** Echo cancellation, noise suppression, automatic gain. */
  readonly processing: boolean;
}

/** Asks for microphone and camera; whichever is there is taken. Never throws. */
export async function openDevices({ microphone, camera, processing }: Wanted): Promise<Devices> {
  if (!microphone && !camera) return { media: new MediaStream(), problems: [] };
  // Browsers keep it from pages that anybody on the way could have changed.
  if (navigator.mediaDevices?.getUserMedia === undefined) {
    const problem = window.isSecureContext
      ? 'This browser gives pages neither microphone nor camera.'
      : 'Browsers give microphone and camera only to pages of https and of this very machine: open this page by its https address.';
    return { media: new MediaStream(), problems: [problem] };
  }
  const audio = microphone && {
    echoCancellation: processing,
    noiseSuppression: processing,
    autoGainControl: processing,
  };
  const video = camera && { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 25 } };
  try {
    return { media: await navigator.mediaDevices.getUserMedia({ audio, video }), problems: [] };
  } catch (error) {
    // One that is missing or refused must not keep the other away.
    if (!microphone || !camera) {
      return { media: new MediaStream(), problems: [problemOf(error, microphone ? 'microphone' : 'camera')] };
    }
  }
  const [sound, picture] = [await openOne('microphone', { audio }), await openOne('camera', { video })];
  const tracks = [sound, picture].flatMap((one) => ('track' in one ? [one.track] : []));
  const problems = [sound, picture].flatMap((one) => ('problem' in one ? [one.problem] : []));
  return { media: new MediaStream(tracks), problems };
}

async function openOne(
  device: Device,
  constraints: MediaStreamConstraints,
): Promise<{ readonly track: MediaStreamTrack } | { readonly problem: string }> {
  try {
    const [track] = (await navigator.mediaDevices.getUserMedia(constraints)).getTracks();
    return { track: track! };
  } catch (error) {
    return { problem: problemOf(error, device) };
  }
}

type Device = 'microphone' | 'camera';

function problemOf(error: unknown, device: Device): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return `The browser may not use the ${device}: allow it in the site’s settings, and load the page again.`;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return `There is no ${device}.`;
    case 'NotReadableError':
      return `The ${device} is in use by another program.`;
    default:
      return `The ${device} cannot be opened.`;
  }
}
