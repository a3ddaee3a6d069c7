package io.rekindle.simulator.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Who is let in to a cluster, and what they may do there. */
final class Doorkeeper {
  private static final String BEARER = "Bearer ";

  /** Whoever shows nothing at all is this one, whom nothing is permitted. */
  private static final String ANONYMOUS = "system:anonymous";

  private final Function<String, Optional<String>> eksTokens;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
  private volatile boolean knowsNobody;

  /**
   * @param eksTokens the principal whose token it is, if it is good
   */
  Doorkeeper(Function<String, Optional<String>> eksTokens) {
    this.eksTokens = eksTokens;
  }

  void admit(String token, String user) {
    tokens.put(token, user);
  }

  void dropAccessEntries() {
    knowsNobody = true;
  }

  void forbid(String what) {
    forbidden.add(what);
  }

  /**
   * Empty for somebody unknown.
   *
   * @param authorization the header; empty when there is none
   * @param certified the name on the client's certificate; empty when it shows none
   */
  Optional<String> user(String authorization, String certified) {
    if (!certified.isEmpty()) {
      return Optional.of(certified);
    }
    if (!authorization.startsWith(BEARER)) {
      return Optional.of(ANONYMOUS);
    }
    String token = authorization.substring(BEARER.length());
    return token.startsWith(EksToken.PREFIX)
        ? eksTokens.apply(token).filter(any -> !knowsNobody)
        : Optional.ofNullable(tokens.get(token));
  }

  boolean permits(String user, Ask ask) {
    return !user.equals(ANONYMOUS) && !forbidden.contains(ask.inWords());
  }
}
