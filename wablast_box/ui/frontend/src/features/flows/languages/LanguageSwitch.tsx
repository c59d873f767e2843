import { t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import { IconLanguage } from '../icons';
import { bothNames } from './names';
import classes from './Languages.module.css';

/** In which language the canvas and the pretend phone show the flow. Where there is one, there is nothing to choose. */
export function LanguageSwitch() {
  const store = useEditorStore();
  const { main, others } = useEditor((state) => state.doc.languages);
  const language = useEditor((state) => state.language);
  if (others.length === 0) return null;
  return (
    <label className={classes.switch} title={t('flowLanguages.shown')}>
      <IconLanguage size={15} stroke={1.7} aria-hidden />
      <select aria-label={t('flowLanguages.shown')} value={language !== null && others.includes(language) ? language : main} onChange={(event) => { store.setState({ language: event.currentTarget.value === main ? null : event.currentTarget.value }); }}>
        {[main, ...others].map((code) => <option key={code} value={code}>{bothNames(code)}</option>)}
      </select>
    </label>
  );
}
