/**
 * Lets the browser make or use a passkey: the page brings what is to be signed, the form takes the answer back. Without script, or in a browser
 * that has no passkeys, the button stays hidden and the page says what else can be used.
 */
const form = document.querySelector<HTMLFormElement>('form[data-passkey]')
if (form && 'PublicKeyCredential' in window) offer(form)

function offer(form: HTMLFormElement): void {
  const part = <T extends HTMLElement>(name: string) => document.querySelector<T>(`[data-passkey-${name}]`)
  const field = form.querySelector<HTMLInputElement>('input[data-answer]')
  const problem = part('problem')
  const ready = part('ready')
  if (!field || !problem || !ready) return
  ready.hidden = false
  const without = part('without')
  if (without) without.hidden = true

  let waiting = false
  const ask = async () => {
    if (waiting) return
    waiting = true
    problem.hidden = true
    try {
      const credential = form.dataset.passkey === 'add' ? await add(form) : await use(form)
      field.value = JSON.stringify(credential)
      form.submit()
    } catch (fault) {
      waiting = false
      problem.hidden = false
      if (fault instanceof DOMException && fault.name === 'InvalidStateError') problem.textContent = 'This key is on your account already.'
    }
  }
  form.addEventListener('submit', event => {
    if (field.value) return
    event.preventDefault()
    void ask()
  })
}

type Options = {
  challenge: string
  user: { id: string }
  excludeCredentials?: { id: string }[]
  allowCredentials?: { id: string }[]
}

async function add(form: HTMLFormElement) {
  const options = JSON.parse(form.dataset.options ?? '{}') as Options
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(one => ({ ...one, id: bytes(one.id) })),
  } as unknown as PublicKeyCredentialCreationOptions
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  return {
    ...named(made),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  }
}

async function use(form: HTMLFormElement) {
  const options = JSON.parse(form.dataset.options ?? '{}') as Options
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(one => ({ ...one, id: bytes(one.id) })),
  } as unknown as PublicKeyCredentialRequestOptions
  const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
  const response = used.response as AuthenticatorAssertionResponse
  return {
    ...named(used),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      ...(response.userHandle ? { userHandle: text(response.userHandle) } : {}),
    },
  }
}

const named = (credential: PublicKeyCredential) => ({ id: credential.id, rawId: text(credential.rawId), type: credential.type })

const text = (buffer: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const bytes = (encoded: string) => Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
