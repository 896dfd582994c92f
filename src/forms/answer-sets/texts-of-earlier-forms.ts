import { sql } from 'kysely'
import { holdCase } from '../../access/index.ts'
import { asActor, theSystem } from '../../platform/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { writeFormTexts } from './texts-of-forms.ts'

/** Makes answers findable that were saved before there was anything to find them by. Safe to repeat: what is there already is left alone. */
export async function writeTextsOfEarlierForms({ database, signal }: { database: Database; signal: AbortSignal }): Promise<void> {
  let last = '00000000-0000-0000-0000-000000000000'
  while (!signal.aborted) {
    const found = await asActor(database, writer, 'write', async tx => {
      const { rows } = await sql<{ id: string; caseId: string; sections: string[] }>`
        select a.id, a.case_id as "caseId", array_agg(s.section) as sections
        from answer_sets a join answer_sections s on s.answer_set_id = a.id
        where a.id > ${last}::uuid and a.state <> 'discarded' and s.saved_at is not null
          and not exists (select from texts k where k.source = 'form' and k.source_id = a.id and k.place = s.section)
        group by a.id order by a.id limit 1`.execute(tx)
      const [next] = rows
      if (!next) return undefined
      await holdCase(tx, next.caseId)
      await writeFormTexts(tx, next.id, next.sections)
      return next.id
    })
    if (!found) return
    last = found
  }
}

/** Signed in as nobody and holding no principal: may read answers to copy their words under their own lists (db/policies/texts.sql). */
const writer = theSystem('Index of words')
