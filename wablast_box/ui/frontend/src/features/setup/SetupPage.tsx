import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { may, useSession } from '@/api/session';
import { Loaded } from '@/design/Loaded';
import { Closed } from './Closed';
import { OwnerStep } from './OwnerStep';
import { setupQuery } from './queries';
import { nextStep, stepAt } from './steps';
import { NumberStep, ProofStep, WebhookStep } from './WizardSteps';
import { WizardFrame } from './WizardFrame';

const route = getRouteApi('/setup');

/** From the one-time link to the first conversation. The box knows how far it is, so one can leave and come back. */
export function SetupPage() {
  const session = useSession();
  const { token } = route.useSearch();
  if (session.signed_in) return may(session, 'settings.read') ? <Rest /> : <Navigate to="/inbox" replace />;
  if (!session.setup_needed) return <Closed why="owned" />;
  return token ? <OwnerStep token={token} /> : <Closed why="locked" />;
}

/** The steps after there is an owner. What is finished lives on in the settings. */
function Rest() {
  const { step: asked } = route.useSearch();
  const setup = useQuery(setupQuery);
  if (setup.data && !asked) {
    // Written into the address, so that a step that has just become done is not pulled away under somebody's eyes.
    return setup.data.finished_at ? <Navigate to="/settings/number" replace /> : <Navigate to="/setup" search={{ step: nextStep(setup.data) }} replace />;
  }
  const step = setup.data ? stepAt(setup.data, asked) : 'number';
  return (
    <WizardFrame step={step} setup={setup.data}>
      <Loaded query={setup}>
        {(found) => {
          if (step === 'webhook') return <WebhookStep setup={found} />;
          return step === 'proof' ? <ProofStep setup={found} /> : <NumberStep setup={found} />;
        }}
      </Loaded>
    </WizardFrame>
  );
}
