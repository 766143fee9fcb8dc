import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first minutes with the API: {@code java QuickStart.java ADDRESS}. Needs nothing but Java 17. */
public class QuickStart {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        String card = arguments[0].replaceAll("/$", "") + "/api/v1/cards/UW-PAS-001";
        HttpResponse<String> first = get(card + "?fields=title", null);
        System.out.println("Tytuł: " + text(first.body(), "title"));

        HttpResponse<String> whole = get(card, null);
        String etag = whole.headers().firstValue("ETag").orElseThrow();
        System.out.println("Karta: " + whole.body().length() + " znaków, ETag " + etag);

        // Nothing changed: the answer is empty and costs almost nothing.
        System.out.println("Drugi raz: " + get(card, etag).statusCode());
    }

    private static HttpResponse<String> get(String address, String etag) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A text of a JSON object. A real program uses a JSON library. */
    private static String text(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return found.find() ? found.group(1) : "";
    }
}
