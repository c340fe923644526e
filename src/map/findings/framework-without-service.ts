import { counted } from '../../sentence.ts';
import type { Rule } from './rule.ts';

/** A framework is in scope, and no service holds or affects the data it is about. */
export const frameworkWithoutService: Rule = {
  id: 'framework-without-service',
  title: 'Framework without a service',
  severity: 'high',
  help: 'A framework is named in the description, and no service holds or affects the kinds of data that it is about. Its requirements then have nothing to stand on: they are not determined, and no part of them is anybody\u2019s. Either the data kinds of a service are incomplete, which hides duties, or the framework does not belong in this description.',
  remedy: 'Complete `data:` and `affects:` of the services, or take the framework out of `frameworks:`.',
  find: ({ matrix }) =>
    matrix.frameworks.flatMap((framework) => {
      if (framework.services.length > 0) return [];
      const open = framework.requirements.filter(({ row }) => row.ownership === 'not-determined' && row.parts.length === 0);
      if (open.length === 0) return [];
      const kinds = framework.scope.data === 'all' ? [] : framework.scope.data;
      const titles = matrix.dataKinds.filter((kind) => kinds.includes(kind.id)).map((kind) => kind.title.toLowerCase());
      return [
        {
          key: framework.id,
          title: `No service is in the scope of ${framework.title}`,
          detail: `No service holds or affects ${titles.join(' or ')}; ${counted(open.length, 'requirement has', 'requirements have')} nobody to carry ${open.length === 1 ? 'it' : 'them'}.`,
          requirements: open.map(({ row }) => row.key),
        },
      ];
    }),
};
