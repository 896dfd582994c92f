/**
 * Names of people who do not exist. Every list is written for this generator from names in common use; a pairing that is
 * somebody's is chance. Each heritage keeps its given names and surnames together, with the languages and ethnic categories
 * (NHS codes) that may go with them.
 */
export type Heritage = {
  readonly name: string
  /** How many of a thousand. */
  readonly weight: number
  readonly female: readonly string[]
  readonly male: readonly string[]
  readonly family: readonly string[]
  readonly languages: readonly (readonly [string, number])[]
  readonly ethnicities: readonly (readonly [string, number])[]
}

const words = (text: string): readonly string[] => text.split(' ')

export const heritages: readonly Heritage[] = [
  {
    name: 'Cornish',
    weight: 430,
    female: words(
      'Tamsin Demelza Morwenna Loveday Kerensa Elowen Lowenna Jenna Wenna Rosenwyn Tegen Merryn Bryluen Eseld Kensa Zennor Amelia Ruby Isla Freya Grace Poppy Chloe Sarah Karen Julie Linda Margaret Susan Joan Doreen Beryl Maureen',
    ),
    male: words(
      'Jago Denzil Piran Petroc Cador Jory Jowan Massen Perran Tristan Austol Branok Colan Gerren Hedrek Kitto Myghal Talan Ross Callum Liam Kyle Ryan Darren Gary Kevin Trevor Clive Roy Derek Harry Alfie Archie Oscar',
    ),
    family: words(
      "Penrose Trevithick Nancarrow Pascoe Hocking Trelawny Tregenza Polkinghorne Bolitho Carlyon Chegwidden Curnow Goldsworthy Hosking Jago Kitto Lanyon Menhenick Nankivell Opie Pengelly Penhaligon Polglase Quick Rosevear Rowe Spargo Tangye Tremayne Trenear Treloar Trembath Uren Vivian Angove Bray Chenoweth Dingle Ede Faull Gluyas Hicks Ivey Jose Keast Liddicoat Moyle Nicholls O'Dogherty Prisk Retallack Skewes Teague Trevorrow Warren",
    ),
    languages: [
      ['en', 97],
      ['kw', 2],
      ['bfi', 1],
    ],
    ethnicities: [
      ['A', 95],
      ['Z', 3],
      ['99', 2],
    ],
  },
  {
    name: 'British',
    weight: 390,
    female: words(
      'Olivia Emily Jessica Sophie Charlotte Hannah Lauren Rebecca Laura Gemma Claire Nicola Joanne Tracey Michelle Donna Angela Jacqueline Patricia Jean Sheila Eileen Ivy Mia Evie Lily Ella Zoë Leah Abigail Kayleigh Stacey Siobhan Megan Rhiannon Fiona Eilidh Catriona',
    ),
    male: words(
      'Jack Thomas James Joshua Daniel Matthew Luke Adam Benjamin Samuel Christopher Michael Andrew David Paul Mark Stephen Ian Graham Keith Brian Alan Ronald Kenneth Noah Leo George Theo Jayden Tyler Connor Sean Declan Gareth Rhys Hamish Callum Stuart',
    ),
    family: words(
      "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Harrison Turner Hill Cooper Morris Ward Moore King Watson Baker Morgan Patel-Reed Allen Scott Young Mitchell Anderson Phillips Lee Bell Parker Davis Bennett Miller Cook Shaw Cox Richardson Collins O'Brien O'Sullivan McDonald MacLeod Fitzgerald St.\u00a0John Smith-Jones Hart-Davies Fletcher Armstrong Hughes Doyle Byrne Campbell Stewart",
    ),
    languages: [
      ['en', 98],
      ['cy', 1],
      ['bfi', 1],
    ],
    ethnicities: [
      ['A', 86],
      ['B', 6],
      ['C', 3],
      ['Z', 3],
      ['99', 2],
    ],
  },
  {
    name: 'Polish and Baltic',
    weight: 35,
    female: words('Agnieszka Katarzyna Małgorzata Zofia Magdalena Joanna Ewa Aleksandra Oliwia Rūta Ieva Aistė'),
    male: words('Piotr Krzysztof Łukasz Tomasz Paweł Michał Jakub Kacper Wojciech Jonas Tadas Mantas'),
    family: words(
      'Nowak Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Dąbrowski Kazlauskas Petrauskas Bērziņš Ozoliņš',
    ),
    languages: [
      ['pl', 60],
      ['lt', 15],
      ['lv', 10],
      ['en', 15],
    ],
    ethnicities: [
      ['C', 96],
      ['Z', 4],
    ],
  },
  {
    name: 'Ukrainian',
    weight: 30,
    female: words('Oksana Olena Iryna Kateryna Nataliia Yuliia Sofiia Anastasiia Halyna Olha'),
    male: words('Andrii Oleksandr Dmytro Mykola Bohdan Taras Ivan Serhii Yurii Maksym'),
    family: words('Shevchenko Kovalenko Bondarenko Tkachenko Kravchenko Oliinyk Shevchuk Melnyk Polishchuk Savchenko Marchenko Rudenko'),
    languages: [
      ['uk', 80],
      ['ru', 10],
      ['en', 10],
    ],
    ethnicities: [
      ['C', 97],
      ['Z', 3],
    ],
  },
  {
    name: 'South Asian',
    weight: 45,
    female: words('Aisha Fatima Zainab Priya Anjali Sunita Nasreen Shabana Harpreet Jaspreet Meera Rukhsana Ayesha Simran'),
    male: words('Mohammed Muhammad Imran Tariq Bilal Rajesh Sanjay Harjit Gurpreet Arjun Vikram Abdul Hamza Yusuf'),
    family: words('Khan Ahmed Hussain Begum Ali Patel Singh Kaur Shah Malik Iqbal Choudhury Rahman Sharma Gill Dhillon Mahmood Akhtar'),
    languages: [
      ['en', 55],
      ['ur', 15],
      ['pa', 12],
      ['bn', 10],
      ['gu', 5],
      ['hi', 3],
    ],
    ethnicities: [
      ['H', 30],
      ['J', 40],
      ['K', 20],
      ['L', 10],
    ],
  },
  {
    name: 'African and Caribbean',
    weight: 35,
    female: words('Amara Chidinma Ngozi Abena Ama Shanice Keisha Marcia Blessing Adaeze Folake Selam Hodan Ifrah'),
    male: words('Kwame Kofi Chukwuemeka Oluwaseun Tunde Delroy Winston Jermaine Marlon Tesfaye Abdi Mahad Emmanuel Samuel'),
    family: words(
      'Okafor Adeyemi Mensah Owusu Asante Okonkwo Balogun Boateng Campbell Francis Clarke Baptiste Tesfaye Haile Abdi Warsame Ndlovu Moyo',
    ),
    languages: [
      ['en', 70],
      ['so', 12],
      ['ti', 8],
      ['yo', 5],
      ['fr', 5],
    ],
    ethnicities: [
      ['M', 35],
      ['N', 50],
      ['P', 8],
      ['D', 4],
      ['E', 3],
    ],
  },
  {
    name: 'Arab, Afghan and Kurdish',
    weight: 22,
    female: words('Layla Noor Maryam Zahra Rania Hanan Shirin Parwana Freshta Rojin'),
    male: words('Omar Khalid Hassan Ibrahim Mustafa Ahmad Farid Najib Karim Rebwar'),
    family: words('al-Khatib Haddad Mansour Nasser Rahimi Ahmadi Noori Karimi Hakimi Aziz Barzani Yusufzai Stanekzai'),
    languages: [
      ['ar', 40],
      ['prs', 25],
      ['ps', 20],
      ['ckb', 10],
      ['en', 5],
    ],
    ethnicities: [
      ['S', 85],
      ['L', 12],
      ['Z', 3],
    ],
  },
  {
    name: 'Chinese, Vietnamese and Filipino',
    weight: 13,
    female: words('Mei Lan Hương Linh Ying Xiu Maricel Jocelyn'),
    male: words('Wei Jun Minh Tuấn Hao Ming Rodel Jomar'),
    family: words('Chen Wong Li Zhang Nguyễn Trần Lê Phạm Reyes Santos Cruz'),
    languages: [
      ['en', 40],
      ['yue', 25],
      ['cmn', 15],
      ['vi', 15],
      ['tl', 5],
    ],
    ethnicities: [
      ['R', 60],
      ['L', 40],
    ],
  },
]

/** What people of a longer given name are also called: the aliases of the caseload. */
export const shortNames: Readonly<Record<string, string>> = {
  Margaret: 'Maggie',
  Susan: 'Sue',
  Patricia: 'Pat',
  Jacqueline: 'Jackie',
  Rebecca: 'Becky',
  Jessica: 'Jess',
  Charlotte: 'Lottie',
  Abigail: 'Abi',
  Thomas: 'Tom',
  James: 'Jim',
  Joshua: 'Josh',
  Daniel: 'Dan',
  Matthew: 'Matt',
  Benjamin: 'Ben',
  Samuel: 'Sam',
  Christopher: 'Chris',
  Michael: 'Mick',
  Andrew: 'Andy',
  David: 'Dave',
  Stephen: 'Steve',
  Kenneth: 'Ken',
  Ronald: 'Ron',
  Mohammed: 'Mo',
  Muhammad: 'Mo',
  Katarzyna: 'Kasia',
  Małgorzata: 'Gosia',
  Krzysztof: 'Krzys',
  Aleksandra: 'Ola',
  Oleksandr: 'Sasha',
  Demelza: 'Dem',
  Morwenna: 'Wenna',
  Tamsin: 'Tam',
}
