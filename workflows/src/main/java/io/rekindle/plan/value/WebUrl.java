package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import java.net.URI;
import java.net.URISyntaxException;

/** An address to call over HTTP or HTTPS. */
@Text(
    value = "a URL such as https://www.example.com/health",
    example = "https://www.example.com/health",
    pattern = WebUrl.FORM)
public record WebUrl(String value) {
  /** What its texts look like. */
  public static final String FORM = "^https?://[^\\s/]+.*$";

  public WebUrl {
    URI uri = parse(value);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw new IllegalArgumentException("is not a URL such as https://www.example.com/health");
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException("holds a user name: credentials do not belong in a plan");
    }
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(
          "is not a URL such as https://www.example.com/health", malformed);
    }
  }

  public String host() {
    return parse(value).getHost();
  }

  @Override
  public String toString() {
    return value;
  }
}
