import { type Attributes, attrs, type Content, cls, content, type Falsy, type Options } from '../markup.tsx'
import { Tag, type TagProps } from './tag.tsx'

export type TaskListItem = {
  title: Content & Options<{ classes: string }>
  status: Content & Options<{ classes: string; tag: TagProps }>
} & Options<{
  hint: Content
  href: string
  classes: string
}>

export type TaskListProps = { items: (TaskListItem | Falsy)[] } & Options<{ idPrefix: string; classes: string; attributes: Attributes }>

/** What is to be done to finish, each with its status. */
export function TaskList(p: TaskListProps) {
  const idPrefix = p.idPrefix || 'task-list'
  return (
    <ul class={cls('govuk-task-list', p.classes)} {...attrs(p.attributes)}>
      {p.items?.map((item, i) => (item ? task(item, `${idPrefix}-${i + 1}`) : null))}
    </ul>
  )
}

function task(item: TaskListItem, id: string) {
  const hintId = `${id}-hint`
  const statusId = `${id}-status`
  return (
    <li key={id} class={cls('govuk-task-list__item', item.href && 'govuk-task-list__item--with-link', item.classes)}>
      <div class="govuk-task-list__name-and-hint">
        {item.href ? (
          <a
            class={cls('govuk-link govuk-task-list__link', item.title.classes)}
            href={item.href}
            aria-describedby={item.hint ? `${hintId} ${statusId}` : statusId}
          >
            {content(item.title)}
          </a>
        ) : (
          <div class={item.title.classes || undefined}>{content(item.title)}</div>
        )}
        {item.hint && (
          <div id={hintId} class="govuk-task-list__hint">
            {content(item.hint)}
          </div>
        )}
      </div>
      <div class={cls('govuk-task-list__status', item.status.classes)} id={statusId}>
        {item.status.tag ? Tag(item.status.tag) : content(item.status)}
      </div>
    </li>
  )
}
