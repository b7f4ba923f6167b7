'use strict';

const WRAPPER = '/opt/bin/importtime_wrapper';
const EXEC_WRAPPER = 'AWS_LAMBDA_EXEC_WRAPPER';
const TIMED = /^(python3\.(8|9|\d\d)|nodejs(18|[2-9]\d)\.x|java(11|17|[2-9]\d)|java8\.al2|dotnet.*)$/;
const MOST_LAYERS = 5;

/**
 * Puts the Frostline layer on every function of a service, before its functions are compiled: so their versions change with it.
 * Settings stand in custom.frostline: layer (the ARN of a layer version, required), deployment, settings (more variables of the layer).
 */
module.exports = class Frostline {
  constructor(serverless, options, { log }) {
    this.serverless = serverless;
    this.log = log;
    serverless.configSchemaHandler.defineCustomProperties({
      type: 'object',
      properties: {
        frostline: {
          type: 'object',
          properties: { layer: {}, deployment: { type: 'string' }, settings: { type: 'object' } },
          required: ['layer'],
          additionalProperties: false,
        },
      },
    });
    const wrap = () => this.wrap();
    this.hooks = { 'after:package:initialize': wrap, 'before:deploy:function:initialize': wrap };
  }

  wrap() {
    const { custom, functions, provider } = this.serverless.service;
    if (!custom?.frostline) {
      throw new this.serverless.classes.Error('serverless-frostline needs custom.frostline.layer, the ARN of the layer version.');
    }
    for (const [name, one] of Object.entries(functions)) {
      const layers = one.layers ?? provider.layers ?? [];
      const variables = { ...provider.environment, ...one.environment };
      const obstacle = this.obstacle(one, one.runtime ?? provider.runtime, layers, variables);
      if (obstacle) {
        this.log.notice(`Frostline leaves ${name} alone: ${obstacle}.`);
      } else {
        this.put(one, layers, variables[EXEC_WRAPPER], custom.frostline);
      }
    }
  }

  put(one, layers, next, { layer, deployment, settings }) {
    one.layers = [...layers, layer];
    one.environment = {
      ...one.environment,
      ...(next && { FROSTLINE_NEXT_WRAPPER: next }),
      ...(deployment && { FROSTLINE_DEPLOYMENT: deployment }),
      ...settings,
      [EXEC_WRAPPER]: WRAPPER,
    };
  }

  obstacle(one, runtime, layers, variables) {
    if (variables[EXEC_WRAPPER] === WRAPPER) {
      return 'it has the wrapper already';
    }
    if (one.image) {
      return 'a container image takes no layers';
    }
    if (!TIMED.test(runtime ?? '')) {
      return `the layer has nothing for ${runtime}`;
    }
    return layers.length >= MOST_LAYERS ? `it has ${layers.length} other layers, and Lambda takes ${MOST_LAYERS}` : '';
  }
};
