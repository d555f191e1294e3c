/** Base64 and nothing else: what goes into a data URL. */
export const base64 = /^[A-Za-z0-9+/]*={0,2}$/;
