import type pg from 'pg'

/** The letters that an authority begins with, for every agency and service. It writes its own words over them, version by version. */
const shipped: readonly { readonly code: string; readonly title: string; readonly body: string }[] = [
  {
    code: 'introduction',
    title: 'Who I am and how to reach me',
    body: `@letterhead
@address
@date
@reference

Dear {{person.salutation}},

# Who will be working with you

My name is {{writer.name}}. I work for {{case.team}}, {{writer.agency}}. You were referred to us on {{case.referred_on}}, and I would like to get to know you and to hear what would help.

You can ring me on {{writer.telephone}}. If I do not answer, ring my team on {{case.team_telephone}}.

{{if person.interpreter == 'spoken'}}
When we speak I will bring an interpreter who speaks {{person.language}}. It costs you nothing.
{{end}}
{{if person.interpreter == 'sign'}}
When we meet I will bring a sign language interpreter. It costs you nothing.
{{end}}

You can ask for this letter in large print, in another language or read out.

Yours sincerely,

@signature
`,
  },
  {
    code: 'closure',
    title: 'We are closing your case',
    body: `@letterhead
@address
@date
@reference

Dear {{person.salutation}},

# We are closing your case

We have worked with you since {{case.opened_on}}. We have talked about closing your case, which means that nobody from {{case.team}} will be in touch with you from now on.

You can come back to us:

- ring {{case.team_telephone}}
- say that we have worked with you before, with the reference {{case.reference}}

In an emergency ring 999.

Yours sincerely,

@signature
`,
  },
  {
    code: 'blank',
    title: 'A letter of your own',
    body: `@letterhead
@address
@date
@reference

Dear {{person.salutation}},

Yours sincerely,

@signature
`,
  },
]

/** Puts in the letters that come with the product, as released, where they are not there yet. By the database's owner. Answers how many were new. */
export async function installShippedLetters(owner: pg.ClientBase, now: Date): Promise<number> {
  let added = 0
  for (const { code, title, body } of shipped) {
    const { rowCount } = await owner.query(
      `insert into letter_templates (code, version, status, title, body, changed_at, released_at) values ($1, 1, 'released', $2, $3, $4, $4)
       on conflict (code, version) do nothing`,
      [code, title, body, now],
    )
    added += rowCount ?? 0
  }
  return added
}
