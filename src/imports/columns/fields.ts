import type { FileKind } from '../import.ts'

/** Something that a row can say. `aliases` are the headings by which other systems call it, without spaces and marks. */
export type Field = { field: string; label: string; required?: true; longest: number; aliases: readonly string[] }

const field = (name: string, label: string, longest: number, aliases: string): Field => ({
  field: name,
  label,
  longest,
  aliases: aliases.split(' '),
})
const required = (given: Field): Field => ({ ...given, required: true })

/** Every field of each file. What an old system holds beyond these is left out, and said so. */
export const fields: { readonly [kind in FileKind]: readonly Field[] } = {
  people: [
    required(
      field(
        'key',
        'Number in the old system',
        60,
        'recordid personid clientid clientnumber clientref id personref recordnumber serviceuserid mosaicid uniqueid',
      ),
    ),
    field('family', 'Surname', 100, 'surname lastname familyname family clientsurname'),
    field('given', 'First names', 100, 'forename forenames firstname firstnames givenname givennames given clientforename'),
    field('knownAs', 'Known as', 100, 'knownas preferredname nickname alsoknownas aka'),
    field('dateOfBirth', 'Date of birth', 40, 'dateofbirth dob birthdate born'),
    field('sex', 'Sex', 40, 'sex sexatbirth birthsex sexregisteredatbirth'),
    field('gender', 'Gender', 60, 'gender genderidentity'),
    field('nhsNumber', 'NHS number', 40, 'nhsnumber nhsno nhs nhsnum'),
    field('ethnicity', 'Ethnic category', 100, 'ethnicity ethniccategory ethnicorigin ethnicgroup'),
    field('language', 'Language', 60, 'language firstlanguage mainlanguage preferredlanguage'),
    field('interpreter', 'Interpreter', 60, 'interpreter interpreterrequired interpreterneeded needsinterpreter'),
    field('address', 'Address', 400, 'address addressline address1 addressline1 street currentaddress homeaddress fulladdress'),
    field('town', 'Town', 100, 'town city towncity posttown'),
    field('postcode', 'Postcode', 40, 'postcode postalcode zip'),
    field('mobile', 'Mobile', 60, 'mobile mobilenumber mobilephone mobiletel cell'),
    field('telephone', 'Telephone', 60, 'telephone telephonenumber phone phonenumber hometelephone landline tel'),
    field('email', 'Email', 200, 'email emailaddress mail'),
    field('safeToContact', 'Safe to contact', 300, 'safetocontact safecontact contactrules contactpreference contactnotes'),
    field('gpPractice', 'GP practice', 200, 'gppractice gp surgery practice gpsurgery'),
    field('diedOn', 'Date of death', 40, 'dateofdeath dod deathdate died'),
  ],
  cases: [
    required(field('key', 'Case number in the old system', 60, 'caseid casenumber caseref casereference episodeid referralid id')),
    required(
      field('person', 'Number of the person', 60, 'recordid personid clientid clientnumber clientref personref serviceuserid mosaicid'),
    ),
    field('service', 'Service', 100, 'service servicearea programme team serviceprovided'),
    required(
      field(
        'referredOn',
        'Date of the referral',
        40,
        'referraldate dateofreferral referredon datereferred startdate opened openeddate dateopened',
      ),
    ),
    field('source', 'Who referred', 200, 'referralsource source referredby referrer sourceofreferral'),
    field('reason', 'Reason for the referral', 4_000, 'reason referralreason reasonforreferral presentingissue presentingneed'),
    field('urgency', 'Urgency', 40, 'urgency priority'),
    field('worker', 'Worker', 200, 'worker keyworker allocatedworker caseworker leadworker allocatedto leadprofessional'),
    field('status', 'Status', 60, 'status casestatus state'),
    field('risk', 'Level of risk', 60, 'risk risklevel riskrating currentrisk rag'),
    field('closedOn', 'Closed on', 40, 'closeddate closuredate dateclosed closedon enddate dischargedate'),
    field('closureReason', 'Why closed or declined', 400, 'closurereason reasonforclosure closedreason outcome endreason dischargereason'),
  ],
  notes: [
    field('key', 'Number of the note in the old system', 60, 'noteid casenoteid id contactid notenumber'),
    required(field('case', 'Number of the case', 60, 'caseid casenumber caseref casereference episodeid referralid')),
    required(field('happenedAt', 'Date of the note', 40, 'notedate date contactdate dateofcontact datetime eventdate dateofevent')),
    field('type', 'Kind of note', 100, 'notetype type kind contacttype casenotetype'),
    field('author', 'Who wrote it', 200, 'author worker createdby recordedby enteredby writtenby'),
    required(field('text', 'Text', 20_000, 'notetext text note notes casenote details description content')),
  ],
}

export const fieldLabel = (kind: FileKind, name: string): string => fields[kind].find(one => one.field === name)?.label ?? name
