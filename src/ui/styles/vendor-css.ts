/** The fonts of the reader's own system. GDS Transport is licensed for GOV.UK's domain only, and no font is faster than none. */
export const systemFonts = 'system-ui,-apple-system,Segoe UI,Roboto,Noto Sans,DejaVu Sans,Helvetica Neue,arial,sans-serif'

/**
 * The published CSS of govuk-frontend or MOJ Frontend, made ours: GDS Transport's font files are not asked for, its place is
 * taken by the system's fonts, and pictures come from where `imageUrl` says (given the name of a file in the package's
 * `assets/images`). Throws when something of GDS Transport is left, so that an upgrade which writes it otherwise is noticed.
 */
export function vendorCss(css: string, imageUrl: (name: string) => string = name => `/assets/images/${name}`): string {
  const ours = css
    .replace(/@font-face\s*\{[^}]*\}/g, rule => (/GDS Transport/i.test(rule) ? '' : rule))
    .replace(/font-family:\s*["']?GDS Transport["']?\s*,\s*arial\s*,\s*sans-serif/gi, `font-family:${systemFonts}`)
    .replace(/url\(["']?\/assets\/images\/([^)"']+)["']?\)/g, (_, name: string) => `url(${imageUrl(name)})`)
    .replace(/\/\*# sourceMappingURL=[^*]*\*\//g, '')
  if (/GDS Transport/i.test(ours)) throw new Error('The published CSS names GDS Transport in a way that is not known here.')
  return ours
}

/** The names of the pictures that the CSS asks for, for whoever copies them. */
export function imagesOf(css: string): string[] {
  return [...new Set([...css.matchAll(/url\(["']?\/assets\/images\/([^)"']+)["']?\)/g)].map(match => match[1] ?? ''))]
}
