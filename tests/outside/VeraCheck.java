import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Prints veraPDF's verdict on each file for PDF/UA-1 and PDF/A-2a; exit code 1 if one is not compliant. */
public class VeraCheck {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean clean = true;
    for (String file : files) {
      for (String name : new String[] {"ua1", "2a"}) {
        var flavour = PDFAFlavour.fromString(name);
        try (var parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
          var result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
          System.out.println(name + " compliant=" + result.isCompliant() + " assertions=" + result.getTotalAssertions() + " " + file);
          clean &= result.isCompliant();
          var told = new TreeSet<String>();
          for (var assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED && told.add(assertion.getRuleId().toString())) {
              System.out.println("  " + assertion.getRuleId().getClause() + " " + assertion.getMessage());
            }
          }
        }
      }
    }
    System.exit(clean ? 0 : 1);
  }
}
