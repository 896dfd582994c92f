/** Every address in the product, so that links and routes cannot drift apart. Plain strings: any module may use them. */
export const paths = {
  home: '/',
  search: '/search',
  signIn: '/sign-in',
  signOut: '/sign-out',
} as const
