#include "views/base/messages.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>

#include "views/base/embedded.h"
#include "views/base/words.h"

namespace {

using portal::Language;
using portal::views::fill_in;
using portal::views::Messages;
using portal::views::Words;

const Messages& catalogue() {
    static const Messages kPlain(portal::views::embedded::catalogues(), Messages::Style::Plain);
    return kPlain;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(messages)

BOOST_AUTO_TEST_CASE(english_is_the_id_and_french_is_translated) {
    BOOST_TEST(catalogue().text(Language::English, "My jobs") == "My jobs");
    BOOST_TEST(catalogue().text(Language::French, "My jobs") == "Mes tâches");
}

BOOST_AUTO_TEST_CASE(an_unknown_id_is_shown_as_it_is) {
    BOOST_TEST(catalogue().text(Language::French, "site's own text") == "site's own text");
}

BOOST_AUTO_TEST_CASE(french_counts_zero_as_singular) {
    const Words english(catalogue(), Language::English);
    const Words french(catalogue(), Language::French);

    BOOST_TEST(english.plural("{0} line", "{0} lines", 0) == "0 lines");
    BOOST_TEST(english.plural("{0} line", "{0} lines", 1) == "1 line");
    BOOST_TEST(french.plural("{0} line", "{0} lines", 0) == "0 ligne");
    BOOST_TEST(french.plural("{0} line", "{0} lines", 1) == "1 ligne");
    BOOST_TEST(french.plural("{0} line", "{0} lines", 1234) == "1\u202f234 lignes");
}

BOOST_AUTO_TEST_CASE(arguments_are_formatted_in_the_language) {
    const Words french(catalogue(), Language::French);

    const auto said = portal::views::sentence("It used more than the {0} of memory it requested.",
                                              {portal::views::bytes_argument(1.5 * (1U << 30U))});

    BOOST_TEST(french.sentence(said) == "Elle a dépassé les 1,5\u202fGio de mémoire demandés.");
}

BOOST_AUTO_TEST_CASE(placeholders_without_an_argument_stay) {
    const std::string arguments[] = {"{1}", "b"};

    BOOST_TEST(fill_in("{0} {1} {2} {x {", arguments) == "{1} b {2} {x {");
}

BOOST_AUTO_TEST_CASE(the_pseudo_language_wraps_texts_and_units) {
    const Messages pseudo(portal::views::embedded::catalogues(), Messages::Style::Pseudo);
    const Words words(pseudo, Language::French);

    BOOST_TEST(words.text("My jobs") == "⟦Mes tâches⟧");
    BOOST_TEST(words.bytes(1024) == "⟦1\u202fKio⟧");
    BOOST_TEST(Words(pseudo, Language::English).text("My jobs") == "My jobs");
}

BOOST_AUTO_TEST_CASE(a_broken_catalogue_is_refused) {
    const auto refused = [](std::string_view catalogue) {
        const std::array one = {catalogue};
        BOOST_CHECK_THROW(Messages(one, Messages::Style::Plain), std::runtime_error);
    };
    refused("");
    refused(std::string(64, 'x'));
    refused(portal::views::embedded::catalogues().front().substr(0, 900));
    BOOST_CHECK_THROW(Messages({}, Messages::Style::Plain), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(every_language_says_how_it_writes) {
    for (const portal::LanguageTraits& language : portal::kLanguages) {
        BOOST_TEST(portal::language_code(portal::language_of(language.code).value()) ==
                   language.code);
        BOOST_TEST(!language.name.empty());
        BOOST_TEST(language.group != language.decimal);
    }
    BOOST_TEST(!portal::language_of("FR"));
    BOOST_TEST(!portal::language_of(""));
}

BOOST_AUTO_TEST_SUITE_END()
