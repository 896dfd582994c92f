import type { Random } from './random.ts'

/**
 * Streets of Porthkerris, a town that is not on any map. Postcodes have the real form of west Cornwall's (TR) with inward parts made up,
 * so that they pass every check and lead a letter nowhere in particular.
 */
export type Address = { readonly line: string; readonly town: string; readonly postcode: string }

/** A household's address. About three in a hundred have no fixed abode and are given separately. */
export function addressFrom(random: Random): Address {
  const place = random.weighed(places)
  const street = random.pick(streets)
  const number = random.between(1, 96)
  const flat = random.chance(18) ? `Flat ${random.between(1, 12)}, ` : ''
  const named = random.chance(9) ? `${random.pick(houses)}, ` : ''
  const inward = `${random.between(1, 9)}${inwardLetters.charAt(random.between(0, 19))}${inwardLetters.charAt(random.between(0, 19))}`
  return {
    line: `${flat}${named}${named && random.chance(50) ? '' : `${number} `}${street}`,
    town: place[0],
    postcode: `${place[1]} ${inward}`,
  }
}

// The twenty letters of an inward part: no C, I, K, M, O or V (BS7666).
const inwardLetters = 'ABDEFGHJLNPQRSTUWXYZ'

const places: readonly (readonly [readonly [string, string], number])[] = [
  [['Porthkerris', 'TR18'], 46],
  [['Porthkerris', 'TR20'], 18],
  [['Trenwith', 'TR19'], 12],
  [['St Morwen', 'TR26'], 10],
  [['Polwhele Churchtown', 'TR17'], 8],
  [['Carn Vean', 'TR27'], 6],
]

const streets = [
  'Fore Street',
  'Quay Street',
  'Chapel Terrace',
  'Market Strand',
  'Bal Lane',
  'Wheal Fortune Road',
  'Trewidden Way',
  'Gwelmor Close',
  'Penmere Rise',
  'Lanyon Court',
  'Tolcarne Gardens',
  'Church Hill',
  'The Wharf',
  'Pilchard Row',
  'Engine House Lane',
  'Alverne Crescent',
  'Treneere Avenue',
  'Boskenna Road',
  'Rosevean Terrace',
  'St Piran Road',
  'Adit Lane',
  'Back Road West',
  'Lifeboat Hill',
  'Carrick Drive',
  'Hendra Vean',
  'Parc an Gwarry',
  'Smeaton Place',
  'Victory Cottages',
  'Coombe Park',
  'Harbour View',
  'Tregarthen Close',
  'Bellair Road',
  'Clarence Row',
  'Station Approach',
  'Penalverne Drive',
  'Gulval Cross',
] as const

const houses = [
  'Trelowarren House',
  'The Old Forge',
  'Sea Holly',
  'Chy an Mor',
  'Wheal Cottage',
  'Harbour Lights',
  'Kerensa',
  'The Net Loft',
] as const
