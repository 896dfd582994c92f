/** For the start of a sentence: 'family worker' becomes 'Family worker'. */
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** For the middle of one: 'Date of birth' becomes 'date of birth'; 'NHS number' and 'GP' stay. */
export const lowerFirst = (text: string): string => (/^.[\p{Lu}\d]/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1))
