package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import org.junit.jupiter.api.Test;

class PasswordMarkTest {
    private static final Bytes SALT = Bytes.ofUtf8("salt");

    @Test
    void theSamePasswordBearsTheSameMark() {
        assertThat(Password.of("häßlich ").markedWith(SALT))
                .isEqualTo(Password.of("häßlich ").markedWith(SALT))
                .isNotEqualTo(Password.of("häßlich").markedWith(SALT))
                .isNotEqualTo(Password.of("häßlich ").markedWith(Bytes.ofUtf8("pepper")));
    }

    @Test
    void theMarkIsAHashBetweenTwoSalts() {
        // printf 'saltsecretsalt' | sha256sum
        assertThat(Password.of("secret").markedWith(SALT))
                .isEqualTo(Bytes.ofHex("73fb52c8d86ef93dc5dd71eff020698c9ddda22991f3c70698185f2cde4fda30"));
    }

    @Test
    void aWipedPasswordHasNoMark() {
        Password password = Password.of("secret");
        password.close();
        assertThatThrownBy(() -> password.markedWith(SALT)).isInstanceOf(IllegalStateException.class);
    }
}
