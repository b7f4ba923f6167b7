package com.amazonaws.services.lambda.runtime.api.client.runtimeapi;

/** A stand-in for the class whose nextInvocation, in AWS's client, ends init. */
public final class LambdaRuntimeApiClientImpl {
  private static final String EVENT = "tea 2, cup 1";

  /** The event of FROSTLINE_SAMPLE_EVENT, or one made up. */
  public String nextInvocation() {
    String event = System.getenv("FROSTLINE_SAMPLE_EVENT");
    return event == null ? EVENT : event;
  }
}
