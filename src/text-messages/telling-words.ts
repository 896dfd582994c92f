/**
 * Words that may tell whoever looks at a phone why somebody is worked with. They stop nobody: the sender sees which there are, and says that it
 * is safe. The list is Lanyard's own and unverified: what services that text people call themselves, their work, and what it is about. `…` stands
 * for any ending.
 */
const tellingWords: readonly string[] = [
  // Whom a text would show somebody to be in touch with.
  'social work…, social services, social care, children’s services, early help, family support, safeguard…, child protection, looked after, foster…, adoption',
  'IDVA, ISVA, MARAC, MAPPA, MASH, CIN, CPS, YOT, YJS, CAMHS, CMHT, IAPT, GUM, SARC, NDTMS, DASH',
  'refuge, women’s aid, outreach, key worker, keyworker, support worker, case worker, caseworker, your case, the case, referral, referred, assessment',
  'police, probation, court, solicitor, bail, tag, curfew, prison, custody, offen…, convict…, youth justice, anti-social, antisocial, gang…, knife…',
  // What it would be about.
  'domestic abuse, domestic violence, abuse, abusive, abuser, violen…, perpetrator, victim, survivor, coercive, stalking, harass…, assault, rape, sexual…, exploit…, trafficking, slavery, forced marriage, FGM, honour',
  'drug…, alcohol, drink…, substance, addict…, rehab…, detox, recovery, methadone, buprenorphine, naloxone, script, needle…, relapse, sober, heroin, cocaine, cannabis, overdose',
  'mental health, mental, psych…, depress…, anxi…, suicid…, self-harm, self harm, bipolar, schizo…, section 117, section 47, sectioned, counsell…, therap…, diagnos…, autis…, ADHD, dementia, HIV, hepatitis, sexual health, pregnan…, abortion, medication, prescription, clinic',
  'asylum, refugee, immigration, home office, visa, eviction, evicted, homeless…, hostel, rough sleep…, debt…, arrears, benefits, universal credit, food bank',
].flatMap(line => line.split(', '))

/** The words of a text that may tell of a case, as they stand in it and each once: of the list, and of these names. */
export function tellingWordsIn(words: string, names: readonly (string | null)[] = []): string[] {
  const text = plain(words.replaceAll(/\(\([^()]*\)\)/g, ' '))
  const wanted = [...tellingWords, ...names.filter(name => name !== null)]
  const found = wanted.flatMap(word => [...text.matchAll(patternOf(word))].map(([match]) => ({ match, at: text.indexOf(match) })))
  return [...new Set(found.sort((a, b) => a.at - b.at).map(({ match }) => match.toLowerCase()))]
}

function patternOf(word: string): RegExp {
  const isStem = word.endsWith('…')
  const letters = plain(isStem ? word.slice(0, -1) : word)
    .split(/[\s-]+/)
    .map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join(String.raw`[\s-]+`)
  return new RegExp(`(?<![\\p{L}\\p{N}])${letters}${isStem ? String.raw`[\p{L}]*` : "(?:['’]?s)?"}(?![\\p{L}\\p{N}])`, 'giu')
}

const plain = (text: string): string => text.normalize('NFC').replaceAll('’', "'")
