import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF of each file: java -cp ... VeraPdf.java PROFILE PASSPHRASE FILE... A line for each: PASS or FAIL, the
 * assertions it looked at, the file, and what it finds broken. */
public class VeraPdf {
  public static void main(String[] given) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour profile = PDFAFlavour.fromString(given[0]);
    for (int at = 2; at < given.length; at++) {
      try (PDFAParser parser =
          Foundries.defaultInstance().createParser(new File(given[at]), profile, profile, given[1])) {
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false);
        ValidationResult found = validator.validate(parser);
        StringBuilder broken = new StringBuilder();
        for (TestAssertion one : found.getTestAssertions()) {
          if (one.getStatus() == TestAssertion.Status.FAILED) {
            broken.append(" | ").append(one.getRuleId().getClause()).append("-");
            broken.append(one.getRuleId().getTestNumber()).append(" ").append(one.getMessage());
          }
        }
        System.out.println(
            (found.isCompliant() ? "PASS" : "FAIL") + "\t" + found.getTotalAssertions() + "\t" + given[at] + "\t" + broken);
      }
    }
  }
}
