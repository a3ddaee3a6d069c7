package io.rekindle.simulator.contract;

import java.util.Set;

/**
 * What every operation may refuse with and none declares, as the pages "Common Errors" of AWS's API
 * references list it.
 */
final class CommonErrors {
  static final Set<String> ALL =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InternalFailure",
          "InternalServerError",
          "InvalidAction",
          "InvalidClientTokenId",
          "InvalidParameterCombination",
          "InvalidParameterValue",
          "MalformedQueryString",
          "MissingAuthenticationToken",
          "MissingParameter",
          "NotAuthorized",
          "OptInRequired",
          "RequestExpired",
          "ServiceUnavailable",
          "ServiceUnavailableException",
          "SignatureDoesNotMatch",
          "Throttling",
          "ThrottlingException",
          "UnrecognizedClientException",
          "ValidationError",
          "ValidationException");

  private CommonErrors() {}
}
