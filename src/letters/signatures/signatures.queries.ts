import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForPart, type SectionOfForm, sectionInText } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { type Actor, may } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type NewSignature, type Signable, type Signature, type Subject, signable } from './signature.ts'

/** Every signature of a thing, the latest first, as far as the actor may read that part of the case. */
export async function signaturesOf(tx: Tx, caseId: string, type: Signable, id: string): Promise<Signature[]> {
  const { rows } = await sql<Signature>`
    select s.id, s.subject_version as version, s.content_hash as "contentHash", s.signer, s.signer_name as name, s.drawing, s.signed_at as "signedAt",
      u.name as "recordedBy"
    from signatures s join users u on u.id = s.recorded_by
    where s.case_id = ${caseId} and s.subject_type = ${type} and s.subject_id = ${id}
    order by s.signed_at desc, s.id desc`.execute(tx)
  return rows
}

/**
 * Keeps a signature. The actor signs as themself or takes that of a person: the right is one of its own, and the database lets nobody
 * record one under another user's name.
 */
export async function addSignature(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: { caseId: string; personId: string },
  subject: Subject,
  { signer, name, drawing }: NewSignature,
  followsFrom: readonly SectionOfForm[] = [],
): Promise<void> {
  if (!may(actor, 'sign') || !actor.userId) throw new Error('The actor may not sign.')
  const part = signable[subject.type]
  const { readers, editors, withheld } = await listsForPart(tx, place.caseId, part, followsFrom, subject.id)
  const id = uuid()
  await tx
    .insertInto('signatures')
    .values({
      id,
      case_id: place.caseId,
      part,
      further_sections: followsFrom.map(sectionInText),
      subject_type: subject.type,
      subject_id: subject.id,
      subject_version: subject.version,
      content_hash: subject.contentHash,
      signer,
      signer_name: name,
      method: drawing ? 'drawn' : 'typed',
      drawing: drawing && JSON.stringify(drawing),
      signed_at: now,
      recorded_by: actor.userId,
      readers,
      editors,
      withheld,
    })
    .execute()
  await audit(tx, actor, now, {
    action: 'signature-recorded',
    subject: { type: 'signature', id },
    personId: place.personId,
    caseId: place.caseId,
    detail: { of: subject.type, version: subject.version, signer, method: drawing ? 'drawn' : 'typed' },
  })
}
