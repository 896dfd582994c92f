import type { VNode } from 'preact'
import type { Case } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Input, SidePanel } from '../ui/index.ts'

/** The box that looks in one record: everything written about a person, or on one case. */
export function FindHere({ within, id }: { within: 'person' | 'case'; id: string }): VNode {
  return (
    <SidePanel id="find-here" title={within === 'person' ? 'Find in this record' : 'Find in this case'}>
      <search>
        <form action={paths.search} method="get" class="ly-find-here">
          <input type="hidden" name={within} value={id} />
          {Input({ id: 'find-here-words', name: 'q', label: 'Words', spellcheck: false, autocomplete: 'off' })}
          {Button({ text: 'Find', classes: 'govuk-button--secondary' })}
        </form>
      </search>
    </SidePanel>
  )
}

/** The same as a panel of the case's page. */
export async function FindInCasePanel(_visit: Visit, theCase: Case): Promise<VNode> {
  return <FindHere within="case" id={theCase.id} />
}
