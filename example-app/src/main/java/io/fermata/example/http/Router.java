package io.fermata.example.http;

import io.fermata.Coro;
import io.fermata.Coroutine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers which request: {@code new Router().get("/hello/{name}", DemoAsync::hello)}.
 * Of several that fit, the first. A {@code HEAD} goes to the handler for {@code GET}, and {@code
 * OPTIONS} are answered here.
 */
public final class Router {
  static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final List<Route> routes = new ArrayList<>();

  private record Route(String method, List<String> pattern, HttpHandler handler) {

    /** The parts of the path that have names; null if it does not fit. */
    @Nullable Map<String, String> match(List<String> path) {
      if (path.size() != pattern.size()) {
        return null;
      }
      Map<String, String> parameters = new LinkedHashMap<>();
      for (int i = 0; i < path.size(); i++) {
        String part = pattern.get(i);
        if (part.startsWith("{") && part.endsWith("}")) {
          parameters.put(part.substring(1, part.length() - 1), path.get(i));
        } else if (!part.equals(path.get(i))) {
          return null;
        }
      }
      return parameters;
    }
  }

  /**
   * Adds a route for {@code GET}, and {@code HEAD}.
   *
   * @param pattern a path; in braces, the name of a part that may be anything
   * @param handler what answers
   * @return this
   */
  public Router get(String pattern, HttpHandler handler) {
    return add("GET", pattern, handler);
  }

  /**
   * Adds a route for {@code POST}.
   *
   * @param pattern a path; in braces, the name of a part that may be anything
   * @param handler what answers
   * @return this
   */
  public Router post(String pattern, HttpHandler handler) {
    return add("POST", pattern, handler);
  }

  /**
   * Adds a route.
   *
   * @param method {@code PUT}
   * @param pattern a path; in braces, the name of a part that may be anything
   * @param handler what answers
   * @return this
   */
  public Router add(String method, String pattern, HttpHandler handler) {
    if (!METHODS.contains(method) || !pattern.startsWith("/")) {
      throw new IllegalArgumentException(
          "'" + method + " " + pattern + "' is no route: give one such as 'GET /path'.");
    }
    routes.add(new Route(method, Arrays.asList(pattern.substring(1).split("/", -1)), handler));
    return this;
  }

  /** The coroutine that answers, with a request that names the parts of the path. */
  Coro<Response> handle(RequestHead head, RequestBody body) {
    if (!METHODS.contains(head.method())) {
      throw new HttpException(501, "the method is none that this server knows");
    }
    Target target = Target.parse(head.method(), head.rawTarget());
    String sought = head.method().equals("HEAD") ? "GET" : head.method();
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> parameters = route.match(target.path());
      if (parameters != null && route.method.equals(sought)) {
        return route.handler.handle(request(head, target, parameters, body));
      }
      if (parameters != null) {
        allowed.add(route.method);
      }
    }
    return RouterAsync.answer(head.method(), target, allowed);
  }

  private static Request request(
      RequestHead head, Target target, Map<String, String> parameters, RequestBody body) {
    return new Request(
        head.method(),
        head.rawTarget(),
        parameters,
        target.query(),
        head.version(),
        head.headers(),
        body);
  }

  /** What no handler is there for. */
  @Coroutine
  static Response answer(String method, Target target, Set<String> allowed) {
    boolean all = target.path().equals(List.of(Target.SERVER));
    if (!all && allowed.isEmpty()) {
      throw new HttpException(404, "there is nothing here");
    }
    Set<String> methods = new TreeSet<>(all ? METHODS : allowed);
    methods.add("OPTIONS");
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    Response response =
        method.equals("OPTIONS")
            ? Response.empty()
            : new HttpException(405, "this is not for " + method).response();
    return response.with("Allow", String.join(", ", methods));
  }
}
