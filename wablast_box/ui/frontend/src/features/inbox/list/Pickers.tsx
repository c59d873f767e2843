import { AssignPicker, TagPicker, TeamPicker } from './OtherPickers';
import { closePicker, usePicker } from './pickers';
import { SnoozePicker } from './SnoozePicker';

const QUESTIONS = { snooze: SnoozePicker, tag: TagPicker, assign: AssignPicker, team: TeamPicker };

/** The question that is open, if one is. */
export function Pickers() {
  const asked = usePicker((state) => state.asked);
  if (!asked) return null;
  const Question = QUESTIONS[asked.question];
  return <Question targets={asked.targets} onClose={closePicker} />;
}
