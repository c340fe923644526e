import { findRequirement, findService } from '../catalogue-entries.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { System } from '../model/system.ts';
import { didYouMean, type Problem } from '../problem.ts';
import type { SystemFile } from './system-file.ts';
import type { Path, YamlFile } from './yaml.ts';

/**
 * Resolves every id of a description: against the catalogue, and within the description. Dates and choices that contradict each
 * other are reported too. Adds to `problems`; throws nothing.
 */
export function checkSystem(
  system: System,
  files: { yaml: YamlFile; content: SystemFile }[],
  catalogue: Catalogue,
  problems: Problem[],
): void {
  const known = vocabulary(system, catalogue);
  for (const { yaml, content } of files) {
    const at = (path: Path, code: string, message: string, hint?: string, key = false): void => {
      problems.push(yaml.problemAt(path, { code, message, ...(hint ? { hint } : {}) }, { key }));
    };
    const must = (path: Path, what: string, name: string, names: Iterable<string>, list?: string, key = false): boolean => {
      const all = [...names];
      if (all.includes(name)) return true;
      const meant = didYouMean(name, all);
      const listed = list ? ` See \`${list}\`.` : all.length <= 12 && all.length > 0 ? ` Known: ${all.join(', ')}.` : '';
      const hint = `${meant ? `Did you mean \`${meant}\`?` : ''}${listed}`.trim();
      at(path, `unknown-${what.replaceAll(' ', '-')}`, `there is no ${what} \`${name}\``, hint || undefined, key);
      return false;
    };
    const ordered = (path: Path, from: string | undefined, to: string | undefined): void => {
      if (from && to && from > to) at(path, 'dates-reversed', `the end ${to} is before the start ${from}`);
    };
    const requirement = (path: Path, name: string): void => {
      if (findRequirement(catalogue, name)) return;
      must(path, 'requirement', name, requirementNames(catalogue), 'demarc list requirements <framework>');
    };

    if (content.period) ordered(['period', 'to'], content.period.from, content.period.to);
    checkFrameworks(content, catalogue, system, must, at);
    for (const condition of Object.keys(content.conditions)) {
      must(['conditions', condition], 'condition', condition, known.conditions, 'demarc list conditions', true);
    }
    for (const [condition, answer] of Object.entries(content.conditions)) {
      if (typeof answer === 'boolean') continue;
      answer.frameworks?.forEach((framework, i) => {
        must(
          ['conditions', condition, 'frameworks', i],
          'framework in scope',
          framework,
          system.frameworks.map((choice) => choice.id),
        );
      });
    }
    content.services.forEach((service, i) => {
      const here = (...path: Path): Path => ['services', i, ...path];
      if (known.twiceServices.has(service.id))
        at(
          here('id'),
          'id-twice',
          `the id \`${service.id}\` is used by another service`,
          'Give each use of a service its own id.',
        );
      const entry = service.service === undefined ? undefined : findService(catalogue, service.service)?.service;
      if (service.service !== undefined && service.model !== undefined) {
        at(
          here('model'),
          'service-and-model',
          'a service is named from the catalogue or declared with a model, not both',
          'Remove `model`, or replace `service` by `provider`.',
          true,
        );
      } else if (service.service !== undefined) {
        if (!entry) {
          const meant = nearestService(service.service, catalogue);
          at(
            here('service'),
            'unknown-service',
            `the catalogue has no service \`${service.service}\``,
            `${meant ? `Did you mean \`${meant}\`? ` : ''}See \`demarc list services\`, or declare it with \`model:\` and \`provider:\`.`,
          );
        }
      } else if (service.model === undefined) {
        at(
          here(),
          'service-undeclared',
          `\`${service.id}\` names neither a catalogue \`service\` nor a \`model\``,
          'Write `service: aws/rds`, or `model: saas` with `provider:`; `model: unknown` is allowed and becomes a finding.',
        );
      } else {
        must(here('model'), 'service model', service.model, known.models, 'demarc list models');
        if (service.provider === undefined)
          at(
            here(),
            'missing-key',
            `\`${service.id}\` does not say who provides it`,
            'Write `provider: <name>`, or `provider: self`.',
          );
      }
      service.data.forEach((kind, j) => {
        must(here('data', j), 'data kind', kind, known.dataKinds);
      });
      if (service.data.length === 0)
        at(
          here('data'),
          'no-data-kind',
          `\`${service.id}\` does not say what data it holds`,
          'Write `data: [none]` if it holds none.',
        );
      if (service.data.includes('none') && service.data.length > 1)
        at(here('data'), 'none-and-more', '`none` cannot stand beside other kinds of data');
      service.affects.forEach((kind, j) => {
        must(here('affects', j), 'data kind', kind, known.dataKinds);
      });
      for (const [fact, value] of Object.entries(service.facts)) {
        if (must(here('facts', fact), 'fact', fact, known.facts.keys(), undefined, true)) {
          must(here('facts', fact), `value of ${fact}`, value, known.facts.get(fact) ?? []);
        }
      }
      for (const [name, value] of Object.entries(service.options)) {
        if (!entry) {
          if (service.service === undefined)
            at(
              here('options', name),
              'no-options',
              'only services of the catalogue have options',
              'Use `facts:` or `components:` for a declared service.',
              true,
            );
          continue;
        }
        const options = new Map(entry.options.map((option) => [option.id, option]));
        if (must(here('options', name), 'option', name, options.keys(), undefined, true)) {
          const chosen = value === true ? 'yes' : value === false ? 'no' : String(value);
          must(here('options', name), `value of ${name}`, chosen, Object.keys(options.get(name)?.values ?? {}));
        }
      }
      for (const component of Object.keys(service.components)) {
        must(here('components', component), 'component', component, known.components, 'demarc list components', true);
      }
      service['managed-by'].forEach((managed, j) => {
        must(here('managed-by', j, 'party'), 'party', managed.party, known.parties);
        managed.components.forEach((component, k) => {
          must(here('managed-by', j, 'components', k), 'component', component, known.components, 'demarc list components');
        });
      });
    });
    content.parties.forEach((party, i) => {
      if (known.twiceParties.has(party.id))
        at(['parties', i, 'id'], 'id-twice', `the id \`${party.id}\` is used by another party`);
    });
    content.assurances.forEach((assurance, i) => {
      const here = (...path: Path): Path => ['assurances', i, ...path];
      must(here('provider'), 'provider in use', assurance.provider, known.providersAssured);
      ordered(here('period', 'to'), assurance.period?.from, assurance.period?.to);
      ordered(here('expires'), assurance.issued, assurance.expires);
      for (const key of ['services', 'excludes'] as const) {
        const named = key === 'services' ? assurance.services : assurance.excludes.services;
        named.forEach((service, j) => {
          const path = key === 'services' ? here('services', j) : here('excludes', 'services', j);
          must(path, 'service in use', service, known.coverable);
        });
      }
      if (known.twiceAssurances.has(assurance.id))
        at(here('id'), 'id-twice', `the id \`${assurance.id}\` is used by another assurance`, 'Give each its own id.');
      if (assurance.bridges !== undefined) must(here('bridges'), 'assurance', assurance.bridges, known.assurances);
      if (assurance.type === 'bridge-letter' && assurance.bridges === undefined)
        at(here(), 'missing-key', 'a bridge letter has to say which report it bridges', 'Write `bridges: <id of the report>`.');
      assurance.cuecs.forEach((cuec, j) => {
        cuec.controls.forEach((control, k) => {
          must(here('cuecs', j, 'controls', k), 'control', control, known.controls, 'demarc list controls');
        });
      });
    });
    content.statements.forEach((statement, i) => {
      const here = (...path: Path): Path => ['statements', i, ...path];
      if ((statement.control === undefined) === (statement.requirement === undefined)) {
        at(
          here(),
          'control-or-requirement',
          'a statement answers either a `control` or a `requirement`',
          'Write exactly one of the two.',
        );
      }
      if (statement.control !== undefined)
        must(here('control'), 'control', statement.control, known.controls, 'demarc list controls');
      if (statement.requirement !== undefined) requirement(here('requirement'), statement.requirement);
      statement.services.forEach((service, j) => {
        must(here('services', j), 'service in use', service, known.serviceIds);
      });
      ordered(here('due'), statement.implemented, statement.due);
    });
    content.exclusions.forEach((exclusion, i) => {
      requirement(['exclusions', i, 'requirement'], exclusion.requirement);
    });
    const servicesAt = (services: string[], path: Path): void => {
      services.forEach((service, j) => {
        must([...path, j], 'service in use', service, known.serviceIds);
      });
    };
    const countryAt = (path: Path, country: string | undefined): void => {
      if (country !== undefined) must(path, 'country', country, known.countries, 'demarc list countries');
    };
    content.providers.forEach((record, i) => {
      const here = (...path: Path): Path => ['providers', i, ...path];
      must(here('provider'), 'provider in use', record.provider, known.providersInUse);
      if (known.twiceRecords.has(record.provider))
        at(here('provider'), 'id-twice', `\`${record.provider}\` has two entries`, 'Join them.');
      record['sub-processors'].forEach((sub, j) => {
        countryAt(here('sub-processors', j, 'country'), sub.country);
        servicesAt(sub.services, here('sub-processors', j, 'services'));
      });
      record.claims.forEach((claim, j) => {
        requirement(here('claims', j, 'requirement'), claim.requirement);
        servicesAt(claim.services, here('claims', j, 'services'));
      });
    });
    content['customer-duties'].forEach((duty, i) => {
      const here = (...path: Path): Path => ['customer-duties', i, ...path];
      duty.controls.forEach((control, j) => {
        must(here('controls', j), 'control', control, known.controls, 'demarc list controls');
      });
      duty.requirements.forEach((name, j) => {
        requirement(here('requirements', j), name);
      });
      servicesAt(duty.services, here('services'));
    });
    content.processing.forEach((activity, i) => {
      servicesAt(activity.services, ['processing', i, 'services']);
    });
    content.transfers.forEach((transfer, i) => {
      if ((transfer.service === undefined) === (transfer.provider === undefined)) {
        at(
          ['transfers', i],
          'service-or-provider',
          'a transfer is of one `service` or of all services of a `provider`',
          'Write exactly one of the two.',
        );
      }
      if (transfer.service !== undefined) must(['transfers', i, 'service'], 'service in use', transfer.service, known.serviceIds);
      if (transfer.provider !== undefined)
        must(['transfers', i, 'provider'], 'provider in use', transfer.provider, known.providersInUse);
      countryAt(['transfers', i, 'country'], transfer.country);
    });
  }
}

type Must = (path: Path, what: string, name: string, names: Iterable<string>, list?: string, key?: boolean) => boolean;
type At = (path: Path, code: string, message: string, hint?: string, key?: boolean) => void;

function checkFrameworks(content: SystemFile, catalogue: Catalogue, system: System, must: Must, at: At): void {
  const names = catalogue.frameworks.map((framework) => framework.id);
  content.frameworks.forEach((choice, i) => {
    const id = typeof choice === 'string' ? choice : choice.id;
    if (!must(['frameworks', i], 'framework', id, names, 'demarc list frameworks')) return;
    if (system.frameworks.filter((other) => other.id === id).length > 1)
      at(['frameworks', i], 'id-twice', `the framework \`${id}\` is named twice`);
    const framework = catalogue.frameworks.find((candidate) => candidate.id === id);
    if (!framework) return;
    if (typeof choice !== 'string') {
      const categories = framework.categories.map((category) => category.id);
      choice.categories.forEach((category, j) => {
        must(['frameworks', i, 'categories', j], `category of ${framework.title}`, category, categories);
      });
    }
    if (!system.roles[id] && framework.roles.length > 1) {
      const roles = framework.roles.map((role) => role.id).join(' or ');
      at(
        ['frameworks', i],
        'role-missing',
        `no role is given for ${framework.title}, and duties depend on it`,
        `Add \`roles: {${id}: …}\` with ${roles}.`,
      );
    }
  });
  for (const [id, given] of Object.entries(content.roles)) {
    if (!must(['roles', id], 'framework', id, names, 'demarc list frameworks', true)) continue;
    const roles = catalogue.frameworks.find((framework) => framework.id === id)?.roles.map((role) => role.id) ?? [];
    for (const [j, role] of (typeof given === 'string' ? [given] : given).entries()) {
      must(typeof given === 'string' ? ['roles', id] : ['roles', id, j], `role under ${id}`, role, roles);
    }
  }
}

/** Every name a description may use, looked up once. */
function vocabulary(system: System, catalogue: Catalogue) {
  const serviceIds = system.services.map((service) => service.id);
  const used = system.services.flatMap((service) => (service.service ? [service.service] : []));
  const providersInUse = [
    ...new Set([
      ...used.map((id) => id.split('/')[0] ?? id),
      ...system.services.flatMap((service) => (service.provider ? [service.provider] : [])),
      ...system.parties.map((party) => party.id),
    ]),
  ];
  const twice = (names: string[]): Set<string> => new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return {
    serviceIds,
    coverable: [...serviceIds, ...used],
    providersInUse,
    // A report that leaves a provider behind the provider to a report of its own is followed by that report.
    providersAssured: [...providersInUse, ...system.assurances.flatMap((assurance) => assurance.carvesOut)],
    twiceServices: twice(serviceIds),
    assurances: system.assurances.map((assurance) => assurance.id),
    twiceAssurances: twice(system.assurances.map((assurance) => assurance.id)),
    twiceRecords: twice(system.providerRecords.map((record) => record.provider)),
    countries: catalogue.countries.map((country) => country.id),
    twiceParties: twice(system.parties.map((party) => party.id)),
    parties: system.parties.map((party) => party.id),
    models: catalogue.models.map((model) => model.id),
    dataKinds: catalogue.dataKinds.map((kind) => kind.id),
    conditions: catalogue.conditions.map((condition) => condition.id),
    facts: new Map(catalogue.facts.map((fact) => [fact.id, Object.keys(fact.values)])),
    components: catalogue.components
      .filter((component) => component.layer === 'stack' || component.layer === 'cross-cutting')
      .map((component) => component.id),
    controls: catalogue.controls.map((control) => control.id),
  };
}

function requirementNames({ frameworks }: Catalogue): string[] {
  return frameworks.flatMap((framework) =>
    framework.requirements.flatMap((requirement) =>
      [requirement.id, ...requirement.aliases].map((id) => `${framework.id}:${id}`),
    ),
  );
}

/** The service that was probably meant: one of the same provider before any other, and known names of services before similar ids. */
function nearestService(written: string, { providers }: Catalogue): string | undefined {
  const [provider = '', name = ''] = written.split('/');
  const said = (name || written).toLowerCase();
  const all = providers.flatMap(({ id, services }) => services.map((service) => ({ reference: `${id}/${service.id}`, service })));
  const named = all.findLast(({ service: { id, title, aliases } }) =>
    [id, title, ...aliases].some((alias) => alias.toLowerCase() === said),
  );
  const references = all.map(({ reference }) => reference);
  const own = references.filter((reference) => reference.startsWith(`${provider}/`));
  return (
    named?.reference ??
    didYouMean(written, own) ??
    own.find((reference) => name !== '' && reference.includes(name)) ??
    didYouMean(written, references)
  );
}
