import type { Answers } from '../../forms/index.ts'

/**
 * Words that make whoever triages look first. They decide nothing: what is said without any of them is read as well. Stems, each with how it is
 * shown. Our own, not yet reviewed by a safeguarding lead.
 */
const stems: readonly (readonly [pattern: RegExp, shown: string])[] = [
  [/\bkill(s|ed|ing)?\b/i, 'kill'],
  [/\bsuicid/i, 'suicide'],
  [/\bself[- ]?harm/i, 'self-harm'],
  [/\b(end|take|took) (my|his|her|their) (own )?life\b/i, 'end a life'],
  [/\boverdos/i, 'overdose'],
  [/\bstrangl|\bchok(e|ed|ing)\b/i, 'strangle'],
  [/\b(knife|knives|stab\w*)\b/i, 'knife'],
  [/\b(gun|guns|shoot|shot)\b/i, 'gun'],
  [/\bacid\b/i, 'acid'],
  [/\bpetrol\b/i, 'petrol'],
  [/\bweapons?\b/i, 'weapon'],
  [/\bthreat(en\w*|s)?\b/i, 'threat'],
  [/\brap(e|ed|ing)\b/i, 'rape'],
  [/\bunconscious\b/i, 'unconscious'],
  [/\bbleed/i, 'bleeding'],
  [/\bpregnan/i, 'pregnant'],
  [/\b(missing|run away|ran away)\b/i, 'missing'],
  [/\b(tonight|right now)\b/i, 'tonight'],
  [/\bnowhere to (go|sleep|stay)\b/i, 'nowhere to go'],
  [/\bforced marriage\b/i, 'forced marriage'],
  [/\bfgm\b/i, 'FGM'],
]

/** Which of them stand in what somebody wrote, each once. */
export function urgentWordsIn(answers: Answers): string[] {
  const text = Object.values(answers)
    .filter(answer => typeof answer === 'string')
    .join('\n')
  return stems.filter(([pattern]) => pattern.test(text)).map(([, shown]) => shown)
}
