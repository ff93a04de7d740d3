import { Keyboard } from 'lucide-react';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { Trans } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { entryOf } from '../shortcuts/catalogue.ts';
import { useActionList } from '../shortcuts/registry.ts';
import type { Action, ActionArea } from '../shortcuts/registry.ts';
import { openSettings, setHelpOpen, useSession } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd, keyText } from '../ui/kbd.tsx';
import './help-dialog.css';

const AREAS: readonly ActionArea[] = ['general', 'navigation', 'inbox', 'case', 'compose', 'handoff', 'plan'];

/** All shortcuts that work now, by area. */
export function HelpDialog(): ReactNode {
  const t = useWords('frame');
  const tKeys = useWords('keys');
  const isOpen = useSession((state) => state.isHelpOpen);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setHelpOpen}
      title={t('help.title')}
      size="lg"
      isReading
      footer={
        <Button
          icon={<Keyboard aria-hidden="true" />}
          onClick={() => {
            setHelpOpen(false);
            openSettings('keys');
          }}
        >
          {tKeys('command.keys')}
        </Button>
      }
    >
      <Shortcuts />
    </Dialog>
  );
}

/** In a component of its own: what keys do changes with each case that is opened, and is worked out only while it is looked at. */
function Shortcuts(): ReactNode {
  const t = useWords('frame');
  const actions = useActionList();
  const paletteKeys = actions.find((action) => action.id === 'app.palette')?.keys[0] ?? 'mod+k';
  const byArea = AREAS.map((area) => ({
    area,
    actions: distinct(actions.filter((action) => action.area === area && action.keys.length > 0)),
  }));
  return (
    <>
      <p className="help-hint">
        <Trans t={t} i18nKey="help.hint" values={{ keys: keyText(paletteKeys) }} />
      </p>
      <div className="help-areas">
        {byArea
          .filter((group) => group.actions.length > 0)
          .map((group) => (
            <section key={group.area} className="help-area">
              <h3>{t(`help.areas.${group.area}`)}</h3>
              <dl>
                {group.actions.map((action) => (
                  <div key={action.id} className="help-row">
                    <dt>{entryOf(action.id)?.label() ?? action.label}</dt>
                    <dd>
                      {action.keys.map((keys, index) => (
                        <Fragment key={keys}>
                          {index > 0 && <span className="help-or">{t('help.or')}</span>}
                          <Kbd keys={keys} />
                          <span className="visually-hidden">{keyText(keys)}</span>
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </>
  );
}

function distinct(actions: readonly Action[]): readonly Action[] {
  return [...new Map(actions.map((action) => [action.id, action])).values()];
}
