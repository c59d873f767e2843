/** The browser's side of passkeys: WebAuthn speaks bytes, the box speaks base64url. */

type Json = Record<string, unknown>;

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

export const textOf = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** Somebody said no, or the time was up. */
export class PasskeyCancelled extends Error {}

export const canUsePasskeys = (): boolean => typeof window.PublicKeyCredential === 'function';

/** Make a passkey on this device; what the box is to keep of it. */
export async function createPasskey(options: Json): Promise<Json> {
  const publicKey = { ...options, challenge: bytes(options['challenge']), user: withId(options['user']), excludeCredentials: list(options['excludeCredentials']).map(withId) };
  const made = await asked(() => navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions }));
  const answer = made.response as AuthenticatorAttestationResponse;
  return shown(made, {
    clientDataJSON: textOf(answer.clientDataJSON),
    attestationObject: textOf(answer.attestationObject),
    transports: answer.getTransports(),
  });
}

/** Prove a passkey; what the box checks. */
export async function provePasskey(options: Json): Promise<Json> {
  const publicKey = { ...options, challenge: bytes(options['challenge']), allowCredentials: list(options['allowCredentials']).map(withId) };
  const proof = await asked(() => navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions }));
  const answer = proof.response as AuthenticatorAssertionResponse;
  return shown(proof, {
    clientDataJSON: textOf(answer.clientDataJSON),
    authenticatorData: textOf(answer.authenticatorData),
    signature: textOf(answer.signature),
    userHandle: answer.userHandle ? textOf(answer.userHandle) : null,
  });
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  const found = await ask().catch(() => null);
  if (!(found instanceof PublicKeyCredential)) throw new PasskeyCancelled();
  return found;
}

const shown = (credential: PublicKeyCredential, response: Json): Json => ({
  id: credential.id, rawId: textOf(credential.rawId), type: credential.type, response, clientExtensionResults: {},
});

const bytes = (value: unknown): Uint8Array => bytesOf(typeof value === 'string' ? value : '');
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const withId = (value: unknown): Json => {
  const known = (value ?? {}) as Json;
  return { ...known, id: bytes(known['id']) };
};
