package io.yunyu.cli.generate;

import io.yunyu.contract.identifier.CitizenId;

/** One person's facts that several tables share. A cursor: filled in anew for each index, never kept. */
final class Person {
    static final int NO_FIRM = -1;

    /** Scrambled index, for numbers that must be unique but tell nothing. */
    long number;

    int hukou;
    int residence;
    boolean male;
    int birthYear;
    /** Days since 1970-01-01. */
    int birthDay;

    int sequence;
    int unusedSequence;
    boolean alive;
    /** The firm that pays social insurance for this person, or {@link #NO_FIRM}. */
    long employer = NO_FIRM;

    /** Insured as an employee or a retired one; all others are insured as residents. */
    boolean employeeInsurance;

    private final byte[] id = new byte[CitizenId.LENGTH];

    /** Completed years of life at the end of 2025. */
    int age() {
        return Strata.LAST_YEAR - birthYear;
    }

    /** The identifier. The array is reused by the next call. */
    byte[] id() {
        return id(sequence);
    }

    /** A formally valid identifier of the same place and day that nobody has. The array is reused by the next call. */
    byte[] unknownId() {
        return id(unusedSequence);
    }

    /** The identifier with a check character that is wrong. The array is reused by the next call. */
    byte[] mistypedId() {
        byte[] mistyped = id();
        byte last = mistyped[CitizenId.LENGTH - 1];
        mistyped[CitizenId.LENGTH - 1] = last == 'X' || last == '9' ? (byte) '0' : (byte) (last + 1);
        return mistyped;
    }

    private byte[] id(int sequenceNumber) {
        System.arraycopy(Codes.PREFECTURES[hukou], 0, id, 0, 4);
        id[4] = '9';
        id[5] = '9';
        Codes.compactDay(birthDay, id, 6);
        id[14] = (byte) ('0' + sequenceNumber / 100);
        id[15] = (byte) ('0' + sequenceNumber / 10 % 10);
        id[16] = (byte) ('0' + sequenceNumber % 10);
        id[17] = CitizenId.checkDigit(id, 0);
        return id;
    }
}
