import { asked, holdsScoped } from './kept.ts';
import type { Rule } from './rule.ts';

/** Records of processing are kept in the description, and a service with personal data is in none of them. */
export const activityUnrecorded: Rule = {
  id: 'activity-unrecorded',
  title: 'Service in no record of processing',
  severity: 'low',
  help: 'The description keeps records of processing activities (`processing:`), and a service that holds personal data is named in none of them. Either an activity is missing, or a service has been added to one and not to its record (GDPR Art. 30). A description that keeps no such records at all is no finding: they may be kept elsewhere, as a statement on that control says.',
  remedy: 'Name the service in the `services:` of the activity it serves, or add the activity under `processing:`.',
  find: (scene) => {
    if (scene.matrix.activities.length === 0) return [];
    const named = new Set(scene.matrix.activities.flatMap((activity) => activity.services));
    return asked(scene, 'processing-records').flatMap(({ framework, requirements }) => {
      const open = scene.matrix.services.filter(
        (service) => framework.services.includes(service.id) && holdsScoped(service, framework, scene) && !named.has(service.id),
      );
      const place = open[0]?.place;
      if (open.length === 0) return [];
      return [
        {
          key: framework.id,
          title: `${open.length === 1 ? `${open[0]?.name} is` : `${open.length} services are`} in no record of processing`,
          detail: `${open.map((service) => service.name).join(', ')}.`,
          requirements,
          ...(place ? { place } : {}),
        },
      ];
    });
  },
};
