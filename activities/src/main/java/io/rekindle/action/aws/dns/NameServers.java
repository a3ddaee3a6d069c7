package io.rekindle.action.aws.dns;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom to ask about names.
 *
 * @param instead a server to ask instead of all others, such as a simulator's
 */
public record NameServers(Optional<InetSocketAddress> instead) {
  /** Those that DNS itself names, found through the resolvers of this machine. */
  public static final NameServers OF_THE_INTERNET = new NameServers(Optional.empty());

  private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");

  /**
   * @param address such as 127.0.0.1:5353
   */
  public static NameServers at(String address) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65535) {
      throw new IllegalArgumentException(
          "'" + address + "' is not the address of a DNS server such as 127.0.0.1:5353.");
    }
    return at(new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))));
  }

  public static NameServers at(InetSocketAddress address) {
    return new NameServers(Optional.of(address));
  }
}
