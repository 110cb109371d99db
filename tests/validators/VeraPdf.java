import java.io.FileInputStream;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates PDFs by veraPDF: java -cp ... VeraPdf.java FLAVOUR FILE [FLAVOUR FILE]...
 * A line "checked", flavour, file, number of assertions for each; a line "failed", flavour, file, clause and message for
 * each assertion that does not hold. Fields are divided by tabs. Flavours are those of veraPDF: ua1, 3a.
 */
public class VeraPdf {
  static final int FAILURES_SHOWN = 20;

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (int n = 0; n + 1 < arguments.length; n += 2) {
      check(PDFAFlavour.byFlavourId(arguments[n]), arguments[n + 1]);
    }
  }

  static void check(PDFAFlavour flavour, String file) throws Exception {
    try (var stream = new FileInputStream(file);
        var parser = Foundries.defaultInstance().createParser(stream, flavour);
        var validator = Foundries.defaultInstance().createValidator(flavour, FAILURES_SHOWN, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          line("failed", flavour.getId(), file, assertion.getRuleId().getClause() + "-"
              + assertion.getRuleId().getTestNumber() + " " + assertion.getMessage() + " "
              + assertion.getErrorMessage());
        }
      }
      line(result.isCompliant() ? "conforms" : "refused", flavour.getId(), file, "" + result.getTotalAssertions());
    }
  }

  static void line(String... fields) {
    System.out.println(String.join("\t", fields).replaceAll("[\r\n]+", " "));
  }
}
