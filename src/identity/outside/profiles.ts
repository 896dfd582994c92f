/** What the form of a new provider begins with. All of it is the administrator's to change; what nobody could check says so. */
export type Profile = {
  name: string
  issuerHint: string
  scopes: string
  prompt: string
  acrValues: string
  maxAge: number | null
  subjectClaims: readonly string[]
  claimsNeeded: readonly string[]
  secondFactorClaims: readonly string[]
  phishingResistantClaims: readonly string[]
  /** What stands here from memory, to be held against the provider's own papers before it is relied on. */
  unverified: readonly string[]
  source: string
}
export type ProfileCode = 'entra-id' | 'nhs-cis2' | 'other'

export const profiles: Readonly<Record<ProfileCode, Profile>> = {
  'nhs-cis2': {
    name: 'NHS CIS2',
    issuerHint: 'As NHS England gave it to you for the environment that you are connected to.',
    scopes: 'openid profile nationalrbacaccess',
    prompt: '',
    acrValues: 'AAL2_OR_AAL3_ANY',
    maxAge: null,
    subjectClaims: ['sub'],
    claimsNeeded: ['id_assurance_level=3'],
    secondFactorClaims: ['acr=AAL2_ANY', 'acr=AAL2_OR_AAL3_ANY', 'authentication_assurance_level=2'],
    phishingResistantClaims: ['acr=AAL3_ANY', 'acr=AAL3_FIDO2', 'acr=AAL3_IOS', 'acr=AAL3_SMARTCARD', 'authentication_assurance_level=3'],
    unverified: [
      'that the ID token says in acr which of the values asked for was met, and never names the weaker of two',
      'that authentication_assurance_level is in the ID token',
      'that sub is the same as nhsid_useruid and never changes',
    ],
    source: 'digital.nhs.uk, Care Identity Service 2: scopes, acr_values and id_assurance_level',
  },
  'entra-id': {
    name: 'Microsoft Entra ID',
    issuerHint: 'https://login.microsoftonline.com/ and the id of your tenant and /v2.0',
    scopes: 'openid profile email',
    prompt: '',
    acrValues: '',
    maxAge: null,
    // learn.microsoft.com: oid and tid together are the key; e-mail and preferred_username change, and sub differs between applications.
    subjectClaims: ['tid', 'oid'],
    claimsNeeded: [],
    secondFactorClaims: ['amr=mfa'],
    phishingResistantClaims: [],
    unverified: [
      'that amr is in the tokens of your application and says mfa after a second factor',
      'which authentication context (such as acrs=c1) your tenant ties to methods that cannot be phished: none is entered',
    ],
    source: 'learn.microsoft.com, ID token claims reference',
  },
  other: {
    name: '',
    issuerHint: 'The address under which /.well-known/openid-configuration is found.',
    scopes: 'openid profile email',
    prompt: '',
    acrValues: '',
    maxAge: null,
    subjectClaims: ['sub'],
    claimsNeeded: [],
    secondFactorClaims: [],
    phishingResistantClaims: [],
    unverified: ['which claims of its tokens say how somebody signed in'],
    source: 'OpenID Connect Core 1.0',
  },
}
