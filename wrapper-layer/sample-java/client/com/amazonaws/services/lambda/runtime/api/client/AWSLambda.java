package com.amazonaws.services.lambda.runtime.api.client;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeApiClientImpl;
import java.util.function.UnaryOperator;

/**
 * A stand-in for the main class of AWS's runtime interface client: loads the handler ({@code
 * shop.OrderPrice}, a {@code UnaryOperator<String>}), answers one event, and ends. The answer goes
 * to stdout.
 */
public final class AWSLambda {
  private AWSLambda() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    LambdaRuntimeApiClientImpl client = new LambdaRuntimeApiClientImpl();
    Object handler = Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    @SuppressWarnings("unchecked")
    UnaryOperator<String> answering = (UnaryOperator<String>) handler;
    System.out.println(answering.apply(client.nextInvocation()));
  }
}
