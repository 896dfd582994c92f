import { type Attributes, attrs, type Content, cls, content, type Options } from '../markup.tsx'

export type LanguageNavigationItem = Content &
  Options<{
    href: string
    current: boolean
    lang: string
    hrefLang: string
    dir: 'ltr' | 'rtl'
    languageDescriptionText: string
    classes: string
    attributes: Attributes
  }>

export type LanguageNavigationProps = { items: LanguageNavigationItem[] } & Options<{
  ariaLabel: string
  classes: string
  attributes: Attributes
}>

/** The same page in another language. */
export function LanguageNavigation(p: LanguageNavigationProps) {
  return (
    <nav class={cls('govuk-language-navigation', p.classes)} {...attrs(p.attributes)} aria-label={p.ariaLabel ?? 'Language'}>
      <ul class="govuk-language-navigation__list">
        {p.items?.map((item, i) => (
          <li key={i} class="govuk-language-navigation__list-item">
            {item.current || !item.href ? (
              <span
                class={cls('govuk-language-navigation__text', item.classes)}
                aria-current="true"
                lang={item.lang || undefined}
                dir={item.dir || undefined}
                {...attrs(item.attributes)}
              >
                {content(item)}
              </span>
            ) : (
              <a
                class={cls('govuk-language-navigation__link', item.classes)}
                href={item.href}
                rel="alternate"
                lang={item.lang || undefined}
                hreflang={item.hrefLang || item.lang || undefined}
                dir={item.dir || undefined}
                {...attrs(item.attributes)}
              >
                {content(item)}
                {item.languageDescriptionText && <span class="govuk-visually-hidden"> {item.languageDescriptionText}</span>}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}
