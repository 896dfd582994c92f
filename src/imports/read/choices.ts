import { foldName } from '../../people/index.ts'

/** A choice by everything that it may be called: its code, its label, and what other systems say. */
export type Choices<Code extends string = string> = ReadonlyMap<string, Code>

export function choices<Code extends string>(options: readonly { code: Code; label?: string; also?: string }[]): Choices<Code> {
  const found = new Map<string, Code>()
  for (const { code, label, also } of options) {
    for (const words of [code, label ?? '', ...(also ?? '').split('|')]) {
      const folded = foldChoice(words)
      if (folded !== '' && !found.has(folded)) found.set(folded, code)
    }
  }
  return found
}

export const choose = <Code extends string>(from: Choices<Code>, words: string): Code | undefined => from.get(foldChoice(words))

/** 'Early-Help', 'early help' and 'EARLY  HELP ' are one. */
export const foldChoice = (words: string): string => foldName(words).replaceAll(' ', '')
