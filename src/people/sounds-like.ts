import { doubleMetaphone } from 'double-metaphone'
import { foldName } from './names.ts'

/**
 * Keys of how a name sounds in English (double metaphone, Lawrence Philips, 2000), one or two of each word: Catherine and
 * Kathryn share KTRN, Smyth and Smith SM0. Only words in Latin letters have them; a name in another script is found by its
 * own letters.
 */
export function soundsLikeKeys(name: string): string[] {
  const keys = new Set<string>()
  for (const word of foldName(name).split(' ')) {
    if (!/^[a-z]{2,}$/.test(word)) continue
    // Thompson and Thomson, Simpson and Simson: the p is written and not said.
    for (const key of doubleMetaphone(word.replace(/mp(?=[st])/g, 'm'))) if (key.length > 0) keys.add(key)
  }
  return [...keys]
}

/** True when any word of the one sounds like any word of the other. */
export function soundsAlike(a: string, b: string): boolean {
  const keys = new Set(soundsLikeKeys(a))
  return soundsLikeKeys(b).some(key => keys.has(key))
}
