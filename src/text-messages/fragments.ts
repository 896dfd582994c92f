/**
 * What a text costs. A text goes out in fragments, each charged for: 160 characters of the GSM alphabet fit in one, 153 each when there are
 * several; a single character outside it halves that (3GPP TS 23.038 §6.2.1, TS 23.040 §9.2.3.24; GOV.UK Notify, "Text message pricing").
 */

// 3GPP TS 23.038 §6.2.1: the default alphabet, and its extension table, whose characters take two places.
const gsm = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const gsmExtension = new Set('\f^{}\\[~]|€')

export type Cost = {
  fragments: number
  characters: number
  /** Characters that make it cost more than plain text would; empty when there are none. */
  costly: readonly string[]
}

/** Where a text of ours ends: GOV.UK Notify takes no more than 918 characters, which is six fragments of plain text. */
export const mostFragments = 6

export function costOf(text: string): Cost {
  const characters = [...text]
  const costly = [...new Set(characters.filter(one => !gsm.has(one) && !gsmExtension.has(one)))]
  // UCS-2 counts what UTF-16 counts: an emoji takes two places.
  const places = costly.length > 0 ? text.length : characters.reduce((sum, one) => sum + (gsmExtension.has(one) ? 2 : 1), 0)
  const [alone, each] = costly.length > 0 ? [70, 67] : [160, 153]
  return { fragments: places <= alone ? 1 : Math.ceil(places / each), characters: characters.length, costly }
}

// What word processors put in and the alphabet has a plain character for.
const plainer: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  ' ': ' ',
  '•': '-',
}

/** The same words in characters that cost less, where nothing is lost by it. */
export const plainly = (text: string): string => text.normalize('NFC').replaceAll(/[‘’“”–—… •]/g, one => plainer[one] ?? one)
