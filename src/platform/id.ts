/** Whether something that came from an address or a form can be the id of a row (a UUID in small letters): anything else is nobody's. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
